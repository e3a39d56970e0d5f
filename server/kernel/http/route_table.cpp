#include "kernel/http/route_table.hpp"

namespace ponte {

Route& RouteTable::add(std::string method, std::string pattern, Handler run) {
    auto route = std::make_unique<Route>();
    route->method = std::move(method);
    route->pattern = std::move(pattern);
    route->run = run;
    Route& declared = *route;
    if (router_.has(declared.method, declared.pattern)) {
        overridden_.push_back(std::move(route));
        return declared;
    }
    router_.add(declared);
    routes_.push_back(std::move(route));
    return declared;
}

void RouteTable::add_page(std::string prefix, Page page) {
    pages_.emplace_back(std::move(prefix), std::move(page));
}

const RouteTable::Page* RouteTable::page_of(std::string_view path) const {
    const Page* best = nullptr;
    std::size_t longest = 0;
    for (const auto& [prefix, page] : pages_) {
        if (path.starts_with(prefix) && prefix.size() > longest) {
            best = &page;
            longest = prefix.size();
        }
    }
    return best;
}

}  // namespace ponte
