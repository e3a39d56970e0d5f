#include "kernel/http/stream.hpp"

#include <sys/sendfile.h>
#include <sys/socket.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cerrno>
#include <limits>

#include "kernel/http/stream_parts.hpp"

namespace ponte::http {
namespace asio = boost::asio;

namespace {

Stream::Transfer transferred(ssize_t result) {
    using Outcome = Stream::Outcome;
    if (result >= 0) {
        return {Outcome::done, static_cast<std::size_t>(result)};
    }
    const bool is_later = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    return {is_later ? Outcome::would_block : Outcome::closed, 0};
}

struct Readable {
    std::shared_ptr<StreamOwner> owner;
    void operator()(const boost::system::error_code& error) const {
        if (error != asio::error::operation_aborted) {
            owner->on_readable();
        }
    }
};

struct Writable {
    std::shared_ptr<StreamOwner> owner;
    void operator()(const boost::system::error_code& error) const {
        if (error != asio::error::operation_aborted) {
            owner->on_writable();
        }
    }
};

}  // namespace

Stream::Stream(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Stream::~Stream() = default;

Stream::Transfer Stream::read(std::span<char> into) {
    const auto result =
        transferred(::recv(parts_->socket.native_handle(), into.data(), into.size(), MSG_DONTWAIT));
    const bool is_end = result.outcome == Outcome::done && result.bytes == 0;
    return is_end ? Transfer{Outcome::closed, 0} : result;
}

Stream::Transfer Stream::write(std::span<const iovec> parts) {
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(parts.data());  // sendmsg only reads it
    message.msg_iovlen = parts.size();
    return transferred(
        ::sendmsg(parts_->socket.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT));
}

Stream::Transfer Stream::send_file(int file, std::size_t most_bytes) {
    return transferred(::sendfile(parts_->socket.native_handle(), file, nullptr, most_bytes));
}

void Stream::wait_readable(std::shared_ptr<StreamOwner> owner) {
    parts_->socket.async_wait(asio::socket_base::wait_read, Readable{std::move(owner)});
}

void Stream::wait_writable(std::shared_ptr<StreamOwner> owner) {
    parts_->socket.async_wait(asio::socket_base::wait_write, Writable{std::move(owner)});
}

void Stream::finish_sending() {
    boost::system::error_code ignored;
    parts_->socket.shutdown(asio::socket_base::shutdown_send, ignored);
}

void Stream::close() {
    boost::system::error_code ignored;
    parts_->socket.close(ignored);
}

void Stream::abort() {
    boost::system::error_code ignored;
    parts_->socket.set_option(asio::socket_base::linger(true, 0), ignored);
    close();
}

bool Stream::is_open() const { return parts_->socket.is_open(); }

}  // namespace ponte::http
