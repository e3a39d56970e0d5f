#include "kernel/http/tests/wire.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

#include "kernel/http/header_text.hpp"

namespace ponte::http {
namespace {

constexpr std::chrono::milliseconds patience{10'000};

}  // namespace

std::string Answer::header(std::string_view lower_case_name) const {
    const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& header) {
        return header.first == lower_case_name;
    });
    return found == headers.end() ? std::string() : found->second;
}

int Answer::count(std::string_view lower_case_name) const {
    return static_cast<int>(std::count_if(headers.begin(), headers.end(), [&](const auto& header) {
        return header.first == lower_case_name;
    }));
}

Wire::Wire(std::string_view address, int receive_buffer) {
    const auto port = std::stoi(std::string(address.substr(address.rfind(':') + 1)));
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receive_buffer > 0) {
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof(receive_buffer));
    }
    const int yes = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    sockaddr_in peer{};
    peer.sin_family = AF_INET;
    peer.sin_port = htons(static_cast<std::uint16_t>(port));
    peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&peer), sizeof(peer)) != 0) {
        ::close(socket_);
        throw std::runtime_error("no connection to " + std::string(address));
    }
}

Wire::~Wire() {
    if (socket_ >= 0) {
        ::close(socket_);
    }
}

Wire::Wire(Wire&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      is_ended_(other.is_ended_),
      buffer_(std::move(other.buffer_)) {}

bool Wire::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

// One read; false when nothing came in time, or the end.
bool Wire::fill(std::chrono::milliseconds time) {
    pollfd waiting{socket_, POLLIN, 0};
    if (is_ended_ || ::poll(&waiting, 1, static_cast<int>(time.count())) <= 0) {
        return false;
    }
    char bytes[16 * 1024];
    const auto got = ::recv(socket_, bytes, sizeof(bytes), 0);
    if (got <= 0) {
        is_ended_ = true;
        return false;
    }
    buffer_.append(bytes, static_cast<std::size_t>(got));
    return true;
}

Answer Wire::read_answer(bool is_to_head) {
    Answer answer;
    std::size_t head_end = 0;
    while ((head_end = buffer_.find("\r\n\r\n")) == buffer_.npos) {
        if (!fill(patience)) {
            return answer;
        }
    }
    std::string_view head = std::string_view(buffer_).substr(0, head_end);
    head = head.substr(std::min(head.find('\r'), head.size()));
    answer.status = std::stoi(buffer_.substr(9, 3));
    while (!head.empty()) {
        head.remove_prefix(2);
        const auto line = head.substr(0, std::min(head.find('\r'), head.size()));
        const auto colon = line.find(": ");
        answer.headers.emplace_back(lower_case(line.substr(0, colon)), line.substr(colon + 2));
        head.remove_prefix(line.size());
    }
    buffer_.erase(0, head_end + 4);
    const auto length = answer.header("content-length");
    if (!is_to_head && !length.empty()) {
        answer.body = read_bytes(std::stoull(length));
    }
    return answer;
}

std::string Wire::read_bytes(std::size_t count) {
    while (buffer_.size() < count && fill(patience)) {
    }
    std::string bytes = buffer_.substr(0, count);
    buffer_.erase(0, bytes.size());
    return bytes;
}

bool Wire::ends_within(std::chrono::milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    while (!is_ended_ && std::chrono::steady_clock::now() < end) {
        fill(std::chrono::milliseconds{20});
    }
    return is_ended_;
}

bool Wire::is_silent_for(std::chrono::milliseconds time) {
    return buffer_.empty() && !fill(time) && !is_ended_;
}

void Wire::finish_sending() { ::shutdown(socket_, SHUT_WR); }

void Wire::reset() {
    const linger hard{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
    ::close(std::exchange(socket_, -1));
    is_ended_ = true;
}

std::string request_text(std::string_view first_line, const std::vector<std::string>& lines,
                         std::string_view body) {
    std::string text(first_line);
    text += "\r\nHost: ponte\r\n";
    for (const auto& line : lines) {
        text += line + "\r\n";
    }
    text += "\r\n";
    text += body;
    return text;
}

}  // namespace ponte::http
