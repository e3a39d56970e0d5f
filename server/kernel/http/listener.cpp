#include <netinet/tcp.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <stdexcept>

#include "kernel/http/stream_parts.hpp"
#include "kernel/log.hpp"

namespace ponte::http {
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

using Acceptor = asio::basic_socket_acceptor<tcp, asio::io_context::executor_type>;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

using UnsentLimit = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_NOTSENT_LOWAT>;

constexpr int backlog = 4096;
// Without it the system takes megabytes and is silent for minutes while a slow client reads them:
// it would look like one that reads nothing.
constexpr int most_unsent_bytes = 128 * 1024;
constexpr Milliseconds pause_without_files{100};

asio::io_context& context_of(Loop& loop) {
    return *static_cast<asio::io_context*>(loop.asio_context());
}

tcp::endpoint endpoint_of(Loop& loop, std::string_view listen) {
    const auto colon = listen.rfind(':');
    if (colon == listen.npos) {
        throw std::runtime_error("listen address without a port: " + std::string(listen));
    }
    std::string host(listen.substr(0, colon));
    if (host.size() > 1 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    tcp::resolver resolver(context_of(loop));
    const auto found =
        resolver.resolve(host.empty() ? "0.0.0.0" : host, std::string(listen.substr(colon + 1)),
                         tcp::resolver::passive | tcp::resolver::numeric_service);
    return found.begin()->endpoint();
}

void take_port(Acceptor& acceptor, const tcp::endpoint& endpoint, bool is_shared) {
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    if (is_shared) {
        acceptor.set_option(ReusePort(true));
    }
    acceptor.bind(endpoint);
}

std::string text_of(const tcp::endpoint& endpoint) {
    const auto address = endpoint.address();
    const std::string host = address.to_string();
    const std::string port = std::to_string(endpoint.port());
    return address.is_v6() ? "[" + host + "]:" + port : host + ":" + port;
}

}  // namespace

struct Listener::Parts : std::enable_shared_from_this<Listener::Parts> {
    Loop& loop;
    Acceptor acceptor;
    Accept accept;

    Parts(Loop& loop_, Accept accept_)
        : loop(loop_), acceptor(context_of(loop_)), accept(std::move(accept_)) {}

    void next() {
        acceptor.async_accept([self = shared_from_this()](const error_code& error, auto socket) {
            self->take(error, TcpSocket(std::move(socket)));
        });
    }

    void take(const error_code& error, TcpSocket socket) {
        if (!acceptor.is_open()) {
            return;
        }
        if (error) {  // no free file handle: the next try would fail at once, too
            log::warning("a connection was not accepted", {{"error", error.message()}});
            loop.post_after(pause_without_files, [self = shared_from_this()] {
                if (self->acceptor.is_open()) {
                    self->next();
                }
            });
            return;
        }
        error_code problem;
        socket.set_option(tcp::no_delay(true), problem);
        socket.set_option(UnsentLimit(most_unsent_bytes), problem);
        const auto peer = socket.remote_endpoint(problem);
        if (!problem) {
            auto parts = std::make_unique<Stream::Parts>(Stream::Parts{std::move(socket)});
            auto address = peer.address();
            if (address.is_v6() && address.to_v6().is_v4_mapped()) {
                address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
            }
            accept(std::make_unique<Stream>(std::move(parts)), address.to_string());
        }
        next();
    }
};

Listener::Listener(Loop& loop, std::string_view listen, Accept accept)
    : parts_(std::make_shared<Parts>(loop, std::move(accept))) {
    take_port(parts_->acceptor, endpoint_of(loop, listen), true);
    parts_->acceptor.listen(backlog);
}

Listener::~Listener() = default;

std::string Listener::address() const { return text_of(parts_->acceptor.local_endpoint()); }

void Listener::start() { parts_->next(); }

void Listener::close() {
    error_code ignored;
    parts_->acceptor.close(ignored);
}

void Listener::check_free(Loop& loop, std::string_view listen) {
    const std::string at(listen);
    try {
        const auto endpoint = endpoint_of(loop, listen);
        Acceptor probe(context_of(loop));
        take_port(probe, endpoint, false);
    } catch (const boost::system::system_error& problem) {
        if (problem.code() == asio::error::address_in_use) {
            throw std::runtime_error("another program listens at " + at +
                                     " already; choose another address (--listen, PONTE_LISTEN)");
        }
        if (problem.code() == asio::error::access_denied) {
            throw std::runtime_error("this user may not listen at " + at +
                                     "; choose a port above 1023 (--listen, PONTE_LISTEN)");
        }
        throw std::runtime_error("cannot listen at " + at + ": " + problem.code().message());
    }
}

}  // namespace ponte::http
