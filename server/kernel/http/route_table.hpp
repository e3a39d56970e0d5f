// Everything that the program answers to: the endpoints of the API and the pages beside it. Filled
// at start, only read afterwards.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/http/router.hpp"
#include "kernel/route.hpp"

namespace ponte {

class RouteTable {
public:
    // The first declaration of a route wins: a module's own stands before the generic one.
    Route& add(std::string method, std::string pattern, Handler run);
    http::Match match(std::string_view method, std::string_view path) const {
        return router_.match(method, path);
    }
    const std::vector<std::unique_ptr<Route>>& all() const { return routes_; }

    using Page = std::function<http::Response(const http::Request&)>;
    void add_page(std::string prefix, Page page);
    const Page* page_of(std::string_view path) const;  // of the longest prefix; null: none

private:
    http::Router router_;
    std::vector<std::unique_ptr<Route>> routes_;
    std::vector<std::unique_ptr<Route>> overridden_;  // by an earlier declaration
    std::vector<std::pair<std::string, Page>> pages_;
};

}  // namespace ponte
