// From method and path to a Route. Fixed words win over {parameters}; the first declaration of a
// pattern wins over a later one.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ponte {
struct Route;

namespace http {

struct Match {
    const Route* route = nullptr;
    std::vector<std::pair<std::string, std::string>> params;
    std::vector<std::string> allowed;  // methods that this path has, when `route` is null
};

class Router {
public:
    void add(const Route& route);
    bool has(std::string_view method, std::string_view pattern) const;
    Match match(std::string_view method, std::string_view path) const;

private:
    struct Node {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> words;
        std::unique_ptr<Node> any;
        std::string any_name;
        std::map<std::string, const Route*, std::less<>> methods;
    };
    Node root_;
};

// "/api/v1/x", "/v1/x" and "/api/x" are one path: "/x"; /health needs no prefix. Empty when
// it is none of them.
std::string_view api_path(std::string_view path);

}  // namespace http
}  // namespace ponte
