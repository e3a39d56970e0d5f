// What the HTTP server is given: which handler a request goes to, what of its body is read, who
// becomes a socket.
#include <chrono>

#include "kernel/auth.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/http/request_facts.hpp"
#include "kernel/http/route_table.hpp"
#include "kernel/people.hpp"
#include "kernel/realtime.hpp"
#include "kernel/requests/refusal.hpp"
#include "kernel/requests/requests.hpp"

namespace ponte::requests {
namespace {

constexpr std::string_view socket_path = "/socket.io";

bool is_socket(std::string_view path) {
    return path.starts_with(socket_path) &&
           (path.size() == socket_path.size() || path[socket_path.size()] == '/');
}

}  // namespace

Requests::Requests(Services& services)
    : services_(services), means_{storage_of(services.settings.data_dir), {}, {}} {
    means_.may_cache = !others_may_exist(services.settings);
    means_.storage.know_askers_by([keys = services.keys](const http::Request& request) {
        const auth::Credential shown = credential_of(request);
        if (shown.is_key) {
            return auth::company_of_api_key(shown.text, keys.seal_key).value_or(Id{});
        }
        const auto at = std::chrono::duration_cast<std::chrono::seconds>(now().time_since_epoch());
        const auto token = auth::verify_token(shown.text, keys.token_key, at.count());
        return token.refusal == auth::Refusal::none ? token.claims.tenant : Id{};
    });
}

http::Match Requests::find_route(std::string_view method, std::string_view path) const {
    const auto one = path.find('/', 1);
    const auto two = one == path.npos ? one : path.find('/', one + 1);
    for (const auto end : {two, one}) {  // "/pipelines/opportunities" before "/pipelines"
        const std::string_view word = path.empty() ? path : path.substr(1, end - 1);
        const records::Kind* kind = services_.entities().by_route(word);
        if (kind && kind->route != word) {
            const std::string named = "/" + kind->route + std::string(path.substr(1 + word.size()));
            return services_.routes().match(method, named);
        }
    }
    return services_.routes().match(method, path);
}

// From somebody without a token of ours nothing is read but what an open route asks for, and nobody
// sends anything to where there is nothing, nor a file when there is no room. Whether the token's
// session still stands is asked when the request is handled.
http::BodyRule Requests::body_rule(const http::Request& request) const {
    const http::Match match = find_route(request.method, http::api_path(request.path));
    http::BodyRule rule;
    if (!match.route) {
        rule.is_unwanted = !is_socket(request.path);
        return rule;
    }
    rule = match.route->body_rule;
    rule.is_unwanted =
        !match.route->is_open && !services_.sessions().is_signed(credential_of(request));
    if (rule.multipart_to_disk && !rule.is_unwanted) {
        Storage& storage = means_.storage;
        rule.is_unwanted =
            !storage.has_room_for(storage.asker_of(request), http::announced_bytes(request));
    }
    return rule;
}

http::Handlers Requests::http_handlers() {
    http::Handlers handlers;
    handlers.handle = [this](Loop& loop, http::Request& request) { return handle(loop, request); };
    handlers.body_rule = [this](const http::Request& request) { return body_rule(request); };
    handlers.upgrade =
        [this](const http::Request& request,
               http::Response& refusal) -> std::function<void(std::shared_ptr<http::WebSocket>)> {
        if (!is_socket(request.path)) {
            return {};
        }
        return services_.realtime().upgrade(request, refusal);
    };
    handlers.refuse = [](const http::Request& request, int status, std::string_view code) {
        const Reader reader{
            parse_language(request.header("accept-language")), request.request_id, {}};
        return refusal(Error(status, std::string(code)), reader);
    };
    return handlers;
}

}  // namespace ponte::requests
