// The Asio side of Stream, shared by stream.cpp and listener.cpp alone.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "kernel/http/stream.hpp"

namespace ponte::http {

// The concrete executor: a type-erased one would cost 32 bytes and an indirection per connection.
using TcpSocket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

struct Stream::Parts {
    TcpSocket socket;
};

}  // namespace ponte::http
