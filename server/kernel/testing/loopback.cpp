#include "kernel/testing/loopback.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace ponte::testing {

Loopback::Loopback(const std::string& host, Serve serve) : serve_(std::move(serve)) {
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    ::inet_pton(AF_INET, host.c_str(), &address.sin_addr);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listening_, any, size) != 0 || ::listen(listening_, 256) != 0 ||
        ::getsockname(listening_, any, &size) != 0) {
        throw std::runtime_error("a test cannot listen");
    }
    port_ = ntohs(address.sin_port);
    accepting_ = std::thread([this] { accept(); });
}

void Loopback::end() {
    if (is_over_.exchange(true)) {
        return;
    }
    ::shutdown(listening_, SHUT_RDWR);
    accepting_.join();
    for (const int socket : sockets_) {
        ::shutdown(socket, SHUT_RDWR);
    }
    for (std::thread& thread : threads_) {
        thread.join();
    }
    for (const int socket : sockets_) {
        ::close(socket);
    }
    ::close(listening_);
}

std::size_t Loopback::connections() const {
    const std::scoped_lock lock(mutex_);
    return sockets_.size();
}

void Loopback::accept() {
    while (!is_over_) {
        const int socket = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) {
            return;
        }
        const std::scoped_lock lock(mutex_);
        sockets_.push_back(socket);
        threads_.emplace_back([this, socket] {
            serve_(socket);
            ::shutdown(socket, SHUT_RDWR);
        });
    }
}

bool Loopback::read_more(int socket, std::string& unread) {
    char bytes[16'384];
    const ssize_t count = ::recv(socket, bytes, sizeof bytes, 0);
    unread.append(bytes, static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    return count > 0;
}

bool Loopback::write(int socket, const std::string& text) {
    return ::send(socket, text.data(), text.size(), MSG_NOSIGNAL) > 0;
}

}  // namespace ponte::testing
