// One request on its way through a Session.
#pragma once

#include "kernel/http.hpp"
#include "kernel/http/held_bytes.hpp"
#include "kernel/http/multipart.hpp"
#include "kernel/http/request_parser.hpp"
#include "kernel/http/session.hpp"

namespace ponte::http {

struct Session::Exchange {
    explicit Exchange(const Limits& limits) : parser(limits) {}

    RequestParser parser;
    Request request;
    std::unique_ptr<Multipart> upload;
    std::unique_ptr<HeldBytes::Share> held;  // of a body

    std::size_t body_bytes() const {
        return request.body.size() + (upload ? upload->held_bytes() : 0);
    }
};

}  // namespace ponte::http
