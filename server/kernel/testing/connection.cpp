#include "kernel/testing/connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace ponte::testing {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;

// "http://127.0.0.1:41234": what the server prints, nothing else is ever asked.
sockaddr_in address_of(const std::string& url) {
    constexpr std::string_view scheme = "http://";
    const std::size_t colon = url.rfind(':');
    sockaddr_in address{};
    address.sin_family = AF_INET;
    const std::string host = url.substr(scheme.size(), colon - scheme.size());
    if (!url.starts_with(scheme) || inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) {
        throw std::runtime_error("no address to connect to: " + url);
    }
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1))));
    return address;
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c);
    });
    return text;
}

int status_of(const std::string& line) {
    int status = 0;
    if (!line.starts_with("HTTP/1.1 ") ||
        std::from_chars(line.data() + 9, line.data() + line.size(), status).ec != std::errc{}) {
        throw std::runtime_error("no status line: " + line);
    }
    return status;
}

void wait_for_socket(int socket, short what, std::chrono::milliseconds deadline) {
    pollfd one{socket, what, 0};
    if (poll(&one, 1, static_cast<int>(deadline.count())) == 0) {
        throw std::runtime_error("the server does not answer in time");
    }
}

Json parsed(const Reply& reply) {
    if (reply.header("content-type").find("json") == std::string::npos || reply.text.empty()) {
        return {};
    }
    try {
        return Json::parse(reply.text);
    } catch (const std::exception&) {
        throw std::runtime_error("an answer that calls itself JSON is none: " + reply.text);
    }
}

}  // namespace

Connection::Connection(const std::string& url, std::chrono::milliseconds deadline)
    : deadline_(deadline) {
    const sockaddr_in address = address_of(url);
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        end();
        throw std::runtime_error("nobody listens at " + url);
    }
}

Connection::~Connection() { end(); }

void Connection::end() {
    if (socket_ >= 0) {
        ::close(socket_);
        socket_ = -1;
    }
}

void Connection::write(std::string_view bytes) {
    while (!bytes.empty()) {
        wait_for_socket(socket_, POLLOUT, deadline_);
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0) {
            return;  // the server has said enough already: its answer is read all the same
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

bool Connection::receive() {
    wait_for_socket(socket_, POLLIN, deadline_);
    std::string piece(piece_bytes, '\0');
    const ssize_t got = ::recv(socket_, piece.data(), piece.size(), 0);
    if (got <= 0) {
        return false;
    }
    has_heard_nothing_ = false;
    received_.append(piece, 0, static_cast<std::size_t>(got));
    return true;
}

std::string Connection::line() {
    std::size_t found = 0;
    while ((found = received_.find("\r\n")) == std::string::npos) {
        if (!receive()) {
            throw std::runtime_error("the line broke in a head");
        }
    }
    std::string out = received_.substr(0, found);
    received_.erase(0, found + 2);
    return out;
}

std::string Connection::bytes(std::size_t count) {
    while (received_.size() < count) {
        if (!receive()) {
            throw std::runtime_error("the line broke in a body");
        }
    }
    std::string out = received_.substr(0, count);
    received_.erase(0, count);
    return out;
}

std::string Connection::chunks() {
    std::string out;
    for (std::size_t size = 1; size > 0;) {
        const std::string head = line();
        std::from_chars(head.data(), head.data() + head.size(), size, 16);
        out += bytes(size);
        line();
    }
    return out;
}

std::string Connection::rest() {
    while (receive()) {
    }
    return std::exchange(received_, {});
}

Reply Connection::read(std::string_view method) {
    has_heard_nothing_ = true;
    Reply reply;
    reply.status = status_of(line());
    for (std::string head = line(); !head.empty(); head = line()) {
        const std::size_t colon = head.find(':');
        if (colon == std::string::npos) {
            throw std::runtime_error("no header: " + head);
        }
        const std::size_t start = std::min(head.find_first_not_of(' ', colon + 1), head.size());
        reply.headers.emplace_back(lower(head.substr(0, colon)), head.substr(start));
    }
    if (reply.status < 200) {
        return reply;  // the answer itself comes later
    }
    const std::string length = reply.header("content-length");
    const bool closes = lower(reply.header("connection")) == "close";
    if (method != "HEAD" && reply.status != 204 && reply.status != 304) {
        if (lower(reply.header("transfer-encoding")) == "chunked") {
            reply.text = chunks();
        } else if (!length.empty()) {
            reply.text = bytes(std::stoull(length));
        } else {
            reply.text = rest();
        }
    }
    reply.body = parsed(reply);
    if (closes) {
        end();
    }
    return reply;
}

}  // namespace ponte::testing
