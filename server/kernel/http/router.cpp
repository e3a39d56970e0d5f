#include "kernel/http/router.hpp"

#include "kernel/route.hpp"

namespace ponte::http {
namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        if (path.front() == '/') {
            path.remove_prefix(1);
            continue;
        }
        const auto slash = path.find('/');
        segments.push_back(path.substr(0, slash));
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash);
    }
    return segments;
}

}  // namespace

void Router::add(const Route& route) {
    Node* node = &root_;
    for (const auto segment : segments_of(route.pattern)) {
        if (segment.front() == '{') {
            if (!node->any) {
                node->any = std::make_unique<Node>();
                node->any_name = segment.substr(1, segment.size() - 2);
            }
            node = node->any.get();
        } else {
            auto& next = node->words[std::string(segment)];
            if (!next) {
                next = std::make_unique<Node>();
            }
            node = next.get();
        }
    }
    node->methods.try_emplace(route.method, &route);
}

bool Router::has(std::string_view method, std::string_view pattern) const {
    const Node* node = &root_;
    for (const auto segment : segments_of(pattern)) {
        if (segment.front() == '{') {
            node = node->any.get();
        } else {
            const auto found = node->words.find(segment);
            node = found == node->words.end() ? nullptr : found->second.get();
        }
        if (!node) {
            return false;
        }
    }
    return node->methods.contains(method);
}

Match Router::match(std::string_view method, std::string_view path) const {
    Match result;
    const Node* node = &root_;
    for (const auto segment : segments_of(path)) {
        const auto word = node->words.find(segment);
        if (word != node->words.end()) {
            node = word->second.get();
        } else if (node->any) {
            result.params.emplace_back(node->any_name, segment);
            node = node->any.get();
        } else {
            return {};
        }
    }
    const auto found = node->methods.find(method == "HEAD" ? "GET" : method);
    if (found != node->methods.end()) {
        result.route = found->second;
        return result;
    }
    for (const auto& [name, route] : node->methods) {
        result.allowed.push_back(name);
    }
    return result;
}

std::string_view api_path(std::string_view path) {
    if (path == "/health" || path.starts_with("/health/")) {
        return path;  // where load balancers look for it
    }
    for (const std::string_view prefix : {"/api/v1", "/v1", "/api"}) {
        if (path.starts_with(prefix) &&
            (path.size() == prefix.size() || path[prefix.size()] == '/')) {
            return path.size() == prefix.size() ? "/" : path.substr(prefix.size());
        }
    }
    return {};
}

}  // namespace ponte::http
