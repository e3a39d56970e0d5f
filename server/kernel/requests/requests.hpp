// From an HTTP request to its answer: routing, sign-in, limits, transaction, errors, log line.
#pragma once

#include <string>
#include <string_view>

#include "kernel/auth/rate_limits.hpp"
#include "kernel/ctx.hpp"
#include "kernel/http/router.hpp"
#include "kernel/people.hpp"
#include "kernel/requests/response_cache.hpp"
#include "kernel/services.hpp"
#include "kernel/storage.hpp"

namespace ponte::requests {

// What all requests share.
struct Means {
    Storage& storage;
    auth::RateLimits limits;
    ResponseCache cache;
    // Off when another process may write: this one would not know that an answer no longer holds.
    bool may_cache = false;
};

class Requests {
public:
    explicit Requests(Services& services);
    // What an http::Server is given; borrows this.
    http::Handlers http_handlers();

private:
    Task<http::Response> handle(Loop& loop, http::Request& request);
    Task<http::Response> beside_the_api(Loop& loop, http::Request& request);
    http::BodyRule body_rule(const http::Request& request) const;
    // "/customers/7" is "/contacts/7": an alias names the same resource in every route of it.
    http::Match find_route(std::string_view method, std::string_view path) const;

    Services& services_;
    Means means_;
};

// One request under way.
struct Turn {
    Services& services;
    http::Request& request;
    Ctx& ctx;
    const Route* route = nullptr;
    auth::RateDecision limit;  // shown in the answer's headers
    bool is_limited = false;
};

// What it shows of who sends it; nothing (and no key) when it shows none.
auth::Credential credential_of(const http::Request& request);

}  // namespace ponte::requests
