// What App needs to answer requests: the router, the limits, the cache, the pages beside the API.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/app.hpp"
#include "kernel/auth/rate_limits.hpp"
#include "kernel/http/router.hpp"
#include "kernel/requests/response_cache.hpp"
#include "kernel/storage.hpp"

namespace ponte {

struct App::Requests {
    explicit Requests(Storage& storage_) : storage(storage_) {}

    Storage& storage;
    http::Router router;
    auth::RateLimits limits;
    requests::ResponseCache cache;
    // Off when another process may write: this one would not know that an answer no longer holds.
    bool may_cache = false;
    std::vector<std::pair<std::string, Page>> pages;

    const Page* page_of(std::string_view path) const;
};

namespace requests {

// One request under way.
struct Turn {
    App& app;
    http::Request& request;
    Ctx& ctx;
    const Route* route = nullptr;
    auth::RateDecision limit;  // shown in the answer's headers
    bool is_limited = false;
};

// What stands behind "Authorization: Bearer "; empty when nothing does.
std::string_view bearer_of(const http::Request& request);

}  // namespace requests
}  // namespace ponte
