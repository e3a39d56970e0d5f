#include "kernel/testing/mailbox.hpp"

#include <algorithm>

namespace ponte::testing {
namespace {

// "MAIL FROM:<a@b> SIZE=1" → a@b
std::string within_brackets(const std::string& line) {
    const std::size_t begin = line.find('<') + 1;
    return line.substr(begin, line.find('>') - begin);
}

bool begins(const std::string& line, std::string_view verb) {
    return std::ranges::equal(line.substr(0, verb.size()), verb, {}, ::toupper);
}

// Up to and without `end`; empty when the line is closed before it comes.
std::string until(int socket, std::string& unread, const std::string& end) {
    std::size_t place = unread.npos;
    while ((place = unread.find(end)) == unread.npos) {
        if (!Loopback::read_more(socket, unread)) {
            return {};
        }
    }
    const std::string text = unread.substr(0, place);
    unread.erase(0, place + end.size());
    return text;
}

}  // namespace

std::string Received::header(const std::string& name) const {
    const std::size_t head = data.find("\r\n\r\n");
    std::size_t begin = ("\r\n" + data).find("\r\n" + name + ": ");
    if (begin == data.npos || begin > head) {
        return {};
    }
    begin += name.size() + 2;
    std::string value;
    while (true) {
        const std::size_t end = data.find("\r\n", begin);
        value += data.substr(begin, end - begin);
        if (data[end + 2] != ' ' && data[end + 2] != '\t') {
            return value;
        }
        begin = end + 2;
    }
}

Mailbox::Mailbox(Judge judge)
    : judge_(std::move(judge)), loopback_("127.0.0.1", [this](int socket) { serve(socket); }) {}

std::vector<Received> Mailbox::received() const {
    const std::scoped_lock lock(mutex_);
    return received_;
}

void Mailbox::serve(int socket) {
    std::string unread;
    Received one;
    Loopback::write(socket, "220 caixa.test ESMTP\r\n");
    while (!loopback_.is_over()) {
        const std::string line = until(socket, unread, "\r\n");
        std::string reply = "250 OK";
        if (line.empty()) {
            return;
        }
        if (begins(line, "EHLO")) {
            reply = "250-caixa.test\r\n250 8BITMIME";
        } else if (begins(line, "MAIL FROM")) {
            one = {within_brackets(line), {}, {}};
        } else if (begins(line, "RCPT TO")) {
            one.to = within_brackets(line);
            reply = judge_ ? judge_(one.to) : reply;
        } else if (begins(line, "DATA")) {
            Loopback::write(socket, "354 go on\r\n");
            one.data = until(socket, unread, "\r\n.\r\n");
            const std::scoped_lock lock(mutex_);
            received_.push_back(one);
        } else if (begins(line, "QUIT")) {
            reply = "221 bye";
        }
        Loopback::write(socket, reply + "\r\n");
    }
}

}  // namespace ponte::testing
