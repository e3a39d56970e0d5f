#include "kernel/requests/read_cache.hpp"

#include "kernel/lists/list.hpp"
#include "kernel/route.hpp"

namespace ponte::requests {
namespace {

// JSON may spell any letter as \u0061, so a value with a backslash may say anything.
bool may_say(const std::string& value, std::string_view word) {
    return value.find(word) != std::string::npos || value.find('\\') != std::string::npos;
}

// Operators whose answer changes by itself as time goes by.
bool depends_on_the_clock(const http::Request& request) {
    for (const auto& [name, value] : request.query_pairs()) {
        for (const std::string_view word : {"_days", "today", "this_", "asOf"}) {
            if (name == word || may_say(value, word)) {
                return true;
            }
        }
    }
    return false;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// As a word, however it was encoded on its way: not the end of "name".
bool says_me(const http::Request& request) {
    for (const auto& [name, value] : request.query_pairs()) {
        if (may_say(value, "\\")) {
            return true;
        }
        for (auto at = value.find("me"); at != std::string::npos; at = value.find("me", at + 1)) {
            const bool begins = at == 0 || !is_letter(value[at - 1]);
            if (begins && (at + 2 == value.size() || !is_letter(value[at + 2]))) {
                return true;
            }
        }
    }
    return false;
}

// Everything that the answer depends on. Whoever reads only their own or their team's records, or
// says "me", has answers of their own.
std::string key_of(const Turn& turn) {
    const Principal& who = turn.ctx.who;
    const records::Kind& kind = turn.services.entities().get(turn.route->entity->name);
    const bool is_shared = records::is_same_for_all(turn.ctx, kind) && !says_me(turn.request);
    const std::size_t permissions = who.permissions.digest();
    std::string key(reinterpret_cast<const char*>(who.tenant.bytes.data()),
                    who.tenant.bytes.size());
    key.append(reinterpret_cast<const char*>(&permissions), sizeof permissions);
    if (!is_shared) {
        key.append(reinterpret_cast<const char*>(who.user.bytes.data()), who.user.bytes.size());
    }
    key.append(who.timezone).append(" ").append(turn.request.path);
    return key.append("?").append(turn.request.query);
}

std::uint64_t version_of(const Turn& turn) {
    const records::Catalogue& entities = turn.services.entities();
    return entities.version(turn.ctx.who.tenant, entities.get(turn.route->entity->name));
}

std::string etag_of(const http::Response& response) {
    for (const auto& [name, value] : response.headers) {
        if (name == "ETag") {
            return value;
        }
    }
    return {};
}

http::Response response_of(const KeptAnswer& kept) {
    http::Response response;
    if (!kept.etag.empty()) {
        response.with("ETag", kept.etag);
    }
    response.shared_body = kept.body;
    return response;
}

}  // namespace

bool is_kept(const Route& route) {
    return route.entity && (route.action == "list" || route.action == "get");
}

Task<http::Response> read_through(Turn& turn, ResponseCache& cache) {
    const bool knows_one = !turn.request.header("if-none-match").empty();
    if (knows_one || depends_on_the_clock(turn.request)) {
        http::Response response = co_await turn.route->run(turn.ctx, turn.request);
        co_return response;
    }
    std::string key = key_of(turn);
    // Before the database is asked: what is written meanwhile makes the answer old at once.
    const std::uint64_t version = version_of(turn);
    if (const auto kept = cache.find(key, version)) {
        co_return response_of(*kept);
    }
    http::Response response = co_await turn.route->run(turn.ctx, turn.request);
    if (response.status == 200) {
        KeptAnswer answer{version, {}, etag_of(response)};
        answer.body = std::make_shared<const std::string>(std::move(response.body));
        response.shared_body = answer.body;
        cache.keep(std::move(key), std::move(answer));
    }
    co_return response;
}

}  // namespace ponte::requests
