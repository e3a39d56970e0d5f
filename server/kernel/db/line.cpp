#include "kernel/db/line.hpp"

#include <libpq-fe.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <optional>
#include <utility>

namespace ponte::db {
namespace asio = boost::asio;
using boost::system::error_code;

namespace {

using Socket = asio::posix::basic_stream_descriptor<asio::io_context::executor_type>;

constexpr Milliseconds connect_within{10'000};

asio::io_context& context_of(Loop& loop) {
    return *static_cast<asio::io_context*>(loop.asio_context());
}

// The last of two equal keywords counts, so what the conninfo says itself is in the middle.
PGconn* start(const std::string& conninfo) {
    const char* const keywords[] = {"fallback_application_name", "keepalives_idle",
                                    "tcp_user_timeout",          "dbname",
                                    "client_encoding",           nullptr};
    const char* const values[] = {"ponte", "30", "30000", conninfo.c_str(), "UTF8", nullptr};
    return PQconnectStartParams(keywords, values, 1);
}

}  // namespace

struct Line::Parts : std::enable_shared_from_this<Line::Parts> {
    Loop& loop;
    const Events events;
    PGconn* pg = nullptr;
    std::optional<Socket> socket;
    bool is_connected = false, is_closed = false, waits_to_write = false;

    Parts(Loop& loop_, Events events_) : loop(loop_), events(std::move(events_)) {}

    void watch_socket() { socket.emplace(context_of(loop), PQsocket(pg)); }

    // libpq owns the socket and closes it, so Asio must have let go of it before.
    void leave_socket() {
        if (socket) {
            socket->release();
            socket.reset();
        }
    }

    void fail_later(std::string problem) {
        loop.post([self = shared_from_this(), problem = std::move(problem)] {
            if (!self->is_closed) {
                self->events.on_failed(problem);
            }
        });
    }

    void open(const std::string& conninfo) {
        pg = start(conninfo);
        if (!pg || PQstatus(pg) == CONNECTION_BAD) {
            fail_later(pg ? PQerrorMessage(pg) : "out of memory");
            return;
        }
        PQsetNoticeProcessor(pg, [](void*, const char*) {}, nullptr);
        loop.post_after(connect_within, [weak = weak_from_this()] {
            const auto self = weak.lock();
            if (self && !self->is_closed && !self->is_connected) {
                self->events.on_failed("no answer in time");
            }
        });
        wait_for_handshake(PGRES_POLLING_WRITING);
    }

    // Another address, another socket: it is looked at anew for each step.
    void wait_for_handshake(PostgresPollingStatusType status) {
        watch_socket();
        const auto what = status == PGRES_POLLING_READING ? Socket::wait_read : Socket::wait_write;
        socket->async_wait(what, [self = shared_from_this()](const error_code& error) {
            if (!self->is_closed && !error) {
                self->go_on_with_handshake();
            }
        });
    }

    void go_on_with_handshake() {
        leave_socket();
        const auto status = PQconnectPoll(pg);
        if (status == PGRES_POLLING_FAILED) {
            events.on_failed(PQerrorMessage(pg));
        } else if (status == PGRES_POLLING_OK) {
            is_connected = true;
            PQsetnonblocking(pg, 1);
            watch_socket();
            wait_to_read();
            events.on_connected();
        } else {
            wait_for_handshake(status);
        }
    }

    void wait_to_read() {
        socket->async_wait(Socket::wait_read, [self = shared_from_this()](const error_code& error) {
            if (self->is_closed || error) {
                return;
            }
            self->events.on_readable();
            if (!self->is_closed) {
                self->wait_to_read();
            }
        });
    }

    void wait_to_write() {
        if (std::exchange(waits_to_write, true)) {
            return;
        }
        socket->async_wait(Socket::wait_write,
                           [self = shared_from_this()](const error_code& error) {
                               if (!self->is_closed && !error) {
                                   self->waits_to_write = false;
                                   self->events.on_writable();
                               }
                           });
    }

    void close() {
        is_closed = true;
        leave_socket();
        PQfinish(std::exchange(pg, nullptr));
    }
};

Line::Line(Loop& loop, Events events) : parts_(std::make_shared<Parts>(loop, std::move(events))) {}

Line::~Line() { close(); }

void Line::open(const std::string& conninfo) { parts_->open(conninfo); }

void Line::want_write() { parts_->wait_to_write(); }

void Line::close() {
    if (!parts_->is_closed) {
        parts_->close();
    }
}

pg_conn* Line::pg() const { return parts_->pg; }

}  // namespace ponte::db
