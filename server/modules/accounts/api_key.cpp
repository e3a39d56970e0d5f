#include "modules/accounts/api_key.hpp"

#include <algorithm>
#include <set>

#include "kernel/records.hpp"
#include "kernel/rights.hpp"
#include "modules/accounts/role.hpp"

namespace ponte::accounts {
namespace {

constexpr std::size_t most_scopes = 200;
constexpr std::string_view everything = "*";

// "contact.read" is stored as the right is called, "contacts.read"; empty when there is none.
std::string stored_scope(const Rights& rights, const std::string& given) {
    const auto dot = given.find('.');
    const Rights::Resource* resource = rights.find(given.substr(0, dot));
    const std::string action = dot == given.npos ? "" : given.substr(dot + 1);
    if (!resource || (action != everything &&
                      std::ranges::find(resource->actions, action) == resource->actions.end())) {
        return {};
    }
    return resource->name + "." + action;
}

// A scope with a star is all that the key's maker may there at each moment, so it asks for nothing
// now but that they may something.
bool may_give(const Ctx& ctx, const std::string& scope) {
    const Permissions& own = ctx.who.permissions;
    if (ctx.who.is_system || scope == everything) {
        return true;
    }
    return scope.ends_with('*') ? own.within({scope}).allows_something() : own.allows(scope);
}

Json stored_scopes(const Ctx& ctx, const Json& given) {
    Problems problems;
    const auto wrong = [&](const char* code, const Json& value) {
        problems.push_back({"scopes", code, Json::object({{"value", value}}), {}});
    };
    if (!given.is_array() || given.items().size() > most_scopes) {
        wrong(given.is_array() ? "too_many" : "type", Json{});
        throw invalid(std::move(problems));
    }
    std::set<std::string> scopes;
    for (const Json& one : given.items()) {
        const bool is_whole = one.is_string() && one.as_string() == everything;
        const std::string scope = is_whole ? std::string(everything)
                                           : stored_scope(ctx.services.rights(), one.as_string());
        if (scope.empty()) {
            wrong("unknown", one);
        } else if (!may_give(ctx, scope)) {
            wrong("beyond_rights", one);
        }
        scopes.insert(scope);
    }
    if (scopes.empty()) {
        wrong("required", Json{});
    }
    if (!problems.empty()) {
        throw invalid(std::move(problems));
    }
    Json stored = Json::array();
    for (const std::string& scope : scopes) {
        stored.push(scope);
    }
    return stored;
}

// Another's key acts with their rights: who widens it must be allowed all of those.
Task<> require_covering_maker(Ctx& ctx, const Change& change) {
    const auto maker = Id::parse(change.before["createdBy"].as_string());
    if (ctx.who.is_system || !maker || *maker == ctx.who.user) {
        co_return;
    }
    const auto role = co_await ctx.tx.maybe<std::string>(
        "select role from users where tenant_id = current_tenant() and id = $1", *maker);
    std::vector<std::string> names{role.value_or(std::string{})};
    co_await require_covering(ctx, std::move(names));
}

bool is_widened(const Change& change) {
    const Json* expiry = change.values.find("expires_at");
    return change.values.find("scopes") || change.values.find("requests_per_minute") ||
           (expiry && !(*expiry == change.before["expiresAt"]));
}

Task<> before_api_key(Ctx& ctx, Changes& changes) {
    if (ctx.who.key) {
        throw Error(403, "api_key_not_here");
    }
    for (Change& change : changes.records) {
        if (changes.verb == Verb::update && is_widened(change)) {
            co_await require_covering_maker(ctx, change);
        }
        if (const Json* scopes = change.values.find("scopes")) {
            change.values.set("scopes", stored_scopes(ctx, *scopes));
        }
        const Json* expiry = change.values.find("expires_at");
        const auto until = expiry ? parse_time(expiry->as_string()) : std::nullopt;
        if (until && *until <= ctx.now && !(*expiry == change.before["expiresAt"])) {
            throw invalid("expiresAt", "in_past");
        }
    }
}

constexpr Field api_key_fields[] = {
    text("name").required().length(2, 80).sorted_as_name(),
    json("scopes").required(),
    datetime("expires_at").not_sortable(),
    integer("requests_per_minute").between(1, 6'000).starts_as("600").not_sortable(),
    choice("status", "active | revoked").read_only().starts_as("active").not_sortable(),
    text("hint").read_only().up_to(20).not_sortable(),
    datetime("last_used_at").read_only().not_sortable(),
    text("last_used_address").read_only().up_to(64).not_sortable(),
    datetime("revoked_at").read_only().not_sortable(),
};

Task<http::Response> make_api_key(Ctx& ctx, const http::Request& request) {
    const auto& kind = ctx.services.entities().get("api_key");
    const Json body = body_object(request);
    Values values = co_await records::accept(ctx, kind, body, records::Mode::create);
    const std::string& secret = ctx.services.keys.seal_key;
    const std::string key = auth::make_api_key(ctx.who.tenant, secret);
    values.set("hint", auth::api_key_hint(key));
    const Id id = co_await records::insert(ctx, kind, std::move(values));
    // bulk: by what a key is found is no field of it and no news for anybody.
    ctx.tx.queue("update api_keys set digest = $2 where tenant_id = current_tenant() and id = $1",
                 {id, auth::api_key_digest(key, secret)});
    co_await ctx.tx.commit();
    http::Response response = reply(201, Json::object({{"id", id}, {"key", key}}));
    // Kept nowhere, not even as the answer to an Idempotency-Key.
    response.with("Cache-Control", "no-store").with("Location", "/api/v1/api-keys/" + id.text());
    co_return response;
}

// There is no way back: whoever revokes a key believes that somebody else has it.
Task<http::Response> revoke_api_key(Ctx& ctx, const http::Request& request) {
    const auto& kind = ctx.services.entities().get("api_key");
    const Id id = path_id(request, "api_key");
    auto before = co_await records::lock(ctx, kind, id, "delete");
    if (before.record["status"].as_string() == "active") {
        const Values revoked{{"status", "revoked"}, {"revoked_at", format_time(ctx.now)}};
        co_await records::change(ctx, kind, std::move(before), revoked);
        ctx.emit("api_key.revoked", id);
    }
    co_await ctx.tx.commit();
    co_return no_content();
}

}  // namespace

constexpr Entity api_key_entity{
    .name = "api_key",
    .table = "api_keys",
    .fields = api_key_fields,
    .rights = "readonly:",  // administrators', and whose a company gives it to
    .can_be_deleted = false,
    .editable_when = when("status", "active"),
    .is_in_menu = false,
    .before_write = before_api_key,
};
static_assert(valid(api_key_entity));

void declare_api_key_routes(App& app) {
    app.route("POST", "/api-keys", make_api_key)
        .needs("api_keys.create")
        .for_people()
        .in("api-keys")
        .takes(api_key_fields)
        .reading_itself()
        .gives(201, "NewApiKey");
    app.route("DELETE", "/api-keys/{id}", revoke_api_key)
        .needs("api_keys.delete")
        .for_people()
        .in("api-keys")
        .called("revokeApiKey")
        .gives(204, "none");
}

}  // namespace ponte::accounts
