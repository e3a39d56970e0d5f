#include "kernel/testing/receiver.hpp"

#include <algorithm>

#include "kernel/testing/wait.hpp"

namespace ponte::testing {
namespace {

bool is_same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, ::tolower, ::tolower);
}

std::string text_of(const Answering& answer) {
    std::string out = "HTTP/1.1 " + std::to_string(answer.status) +
                      " -\r\nContent-Length: " + std::to_string(answer.body.size()) + "\r\n";
    for (const std::string& header : answer.headers) {
        out += header + "\r\n";
    }
    return answer.lies ? "SSH-2.0-OpenSSH_9.2\r\n" : out + "\r\n" + answer.body;
}

}  // namespace

std::string Got::header(std::string_view name) const {
    std::size_t begin = 0;
    while (begin < head.size()) {
        const std::size_t end = std::min(head.find("\r\n", begin), head.size());
        const std::string_view line = std::string_view(head).substr(begin, end - begin);
        const std::size_t colon = line.find(": ");
        if (colon != line.npos && is_same_name(line.substr(0, colon), name)) {
            return std::string(line.substr(colon + 2));
        }
        begin = end + 2;
    }
    return {};
}

Receiver::Receiver(Answer answer, std::string host)
    : host_(std::move(host)), answer_(std::move(answer)), loopback_(host_, [this](int socket) {
          std::string unread;
          while (!loopback_.is_over() && exchange(socket, unread)) {
          }
      }) {}

std::string Receiver::url(const std::string& path) const {
    return "http://" + host_ + ":" + std::to_string(port()) + path;
}

void Receiver::answer_with(Answer answer) {
    const std::scoped_lock lock(mutex_);
    answer_ = std::move(answer);
}

std::vector<Got> Receiver::got() const {
    const std::scoped_lock lock(mutex_);
    return got_;
}

std::size_t Receiver::count() const {
    const std::scoped_lock lock(mutex_);
    return got_.size();
}

// One request and its answer; false when there is no other.
bool Receiver::exchange(int socket, std::string& unread) {
    std::size_t end = unread.npos;
    while ((end = unread.find("\r\n\r\n")) == unread.npos) {
        if (!Loopback::read_more(socket, unread)) {
            return false;
        }
    }
    Got got;
    const std::size_t first = unread.find("\r\n");
    const std::string line = unread.substr(0, first);
    got.method = line.substr(0, line.find(' '));
    got.target = line.substr(got.method.size() + 1);
    got.target.erase(std::min(got.target.find(' '), got.target.size()));
    got.head = unread.substr(first + 2, end - first);
    const std::string length = got.header("content-length");
    const std::size_t size = length.empty() ? 0 : std::stoul(length);
    while (unread.size() < end + 4 + size) {
        if (!Loopback::read_more(socket, unread)) {
            return false;
        }
    }
    got.body = unread.substr(end + 4, size);
    unread.erase(0, end + 4 + size);

    most_at_once_ = std::max<int>(most_at_once_, ++at_once_);
    Answering answering;
    {
        const std::scoped_lock lock(mutex_);
        got_.push_back(got);
        answering = answer_ ? answer_(got) : Answering{};
    }
    if (answering.hangs) {
        comes_true([&] { return loopback_.is_over(); });
    } else {
        comes_true([&] { return loopback_.is_over(); }, answering.after);
    }
    --at_once_;
    return Loopback::write(socket, text_of(answering)) && !answering.lies;
}

}  // namespace ponte::testing
