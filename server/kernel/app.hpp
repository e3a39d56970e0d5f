// The program put together: configuration, database, routes, entities, jobs, feed, realtime.
// Modules receive it once, at start, to declare what they consist of; afterwards it does not
// change.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/auth.hpp"
#include "kernel/ctx.hpp"
#include "kernel/db.hpp"
#include "kernel/entity.hpp"
#include "kernel/events.hpp"
#include "kernel/http.hpp"
#include "kernel/jobs.hpp"

namespace ponte {

namespace records {
class Catalogue;
}
namespace realtime {
class Hub;
}
namespace listeners {
class Listeners;
}
namespace http {
struct Match;
}
namespace openapi {
class Site;
}

struct Settings {
    std::string listen = "127.0.0.1:8080";
    std::string data_dir = "data";
    std::string role = "all";      // all | web | worker
    std::string database_url;      // empty: embedded PostgreSQL
    std::string app_database_url;  // optional: log in as the application's role with this
    std::string timezone = "America/Sao_Paulo";
    unsigned threads = 0;            // 0: one per core
    int access_token_s = 24 * 3600;  // JWT_ACCESS_TOKEN_EXPIRES
    bool rate_limit = true;          // PONTE_RATE_LIMIT=off: benchmarks only
    bool trust_proxy = false;
    bool demo = false;
};

using Handler = Task<http::Response> (*)(Ctx&, const http::Request&);

// Of a route without a token: names, an address, a password.
constexpr std::uint64_t most_open_body_bytes = 16 * 1024;

// One endpoint. The facts feed the router, the permission check, validation and OpenAPI alike.
struct Route {
    std::string method, pattern;  // "/contacts/{id}"; below /api/v1
    Handler run = nullptr;
    std::string tag;                   // group in the documentation
    std::string permission;            // "contacts.read"; empty: any signed-in user
    std::string name;                  // in the documentation; default made of method and pattern
    bool is_open = false;              // needs no token
    bool is_limited_as_guess = false;  // counts against the limits for guessing (auth)
    bool is_counted = true;            // against the limits on requests; health checks are not
    bool is_versioned = false;         // takes If-Match, though it is no entity's
    bool reads_itself = false;         // `body` and `query` only document what the handler reads
    std::span<const Field> body, query;
    std::string answers =
        "object";  // component name of the answer: "Contact", "ContactPage", "none"
    int answer_status = 200;
    http::BodyRule body_rule;
    const Entity* entity = nullptr;  // of the generic routes
    const Entity* piece = nullptr;   // of those below a record: what its parts are
    std::string_view action;         // "list", "create"… of the generic routes

    Route& needs(std::string_view value) {
        permission = value;
        return *this;
    }
    Route& open() {
        is_open = true;
        body_rule.max_bytes = most_open_body_bytes;
        return *this;
    }
    Route& versioned() {
        is_versioned = true;
        return *this;
    }
    // Read and checked before the handler runs, every problem told at once: what the body says is
    // then in ctx.input (else 422), what the query says in ctx.asked (else 400).
    Route& takes(std::span<const Field> fields) {
        body = fields;
        return *this;
    }
    Route& asks(std::span<const Field> fields) {
        query = fields;
        return *this;
    }
    Route& reading_itself() {
        reads_itself = true;
        return *this;
    }
    Route& gives(int status, std::string_view component) {
        answer_status = status;
        answers = component;
        return *this;
    }
    Route& in(std::string_view group) {
        tag = group;
        return *this;
    }
    Route& called(std::string_view value) {
        name = value;
        return *this;
    }
    Route& uploads(std::uint64_t max_bytes) {
        body_rule = {max_bytes, true};
        return *this;
    }
};

class Rights;
class ModuleSettings;

class App {
public:
    App(Settings settings, Loops& loops, std::unique_ptr<db::Database> database, auth::Keys keys);
    ~App();
    App(const App&) = delete;
    App& operator=(const App&) = delete;

    const Settings settings;
    const auth::Keys keys;
    Loops& loops;
    db::Database& database() { return *database_; }
    auth::Sessions& sessions() { return *sessions_; }
    Jobs& jobs() { return *jobs_; }
    EventFeed& feed() { return *feed_; }
    listeners::Listeners& listeners() { return *listeners_; }
    realtime::Hub& realtime() { return *realtime_; }
    Rights& rights() { return *rights_; }
    ModuleSettings& company_settings() { return *company_settings_; }
    records::Catalogue& entities() { return *entities_; }
    openapi::Site& documentation() { return *documentation_; }

    // Declarations, made once at start by the modules.
    void module(std::string_view name);  // order of migrations and words
    void entity(const Entity& entity);   // its generic routes come along (none of its own inside)
    Route& route(std::string method, std::string pattern, Handler run);
    template <class Args>
    JobKind& job(std::string name, Task<> (*run)(Ctx&, const Args&)) {
        return jobs_->declare(std::move(name), std::type_index(typeid(Args)), JobCall<Args>{run});
    }
    // Hears what is committed from now on; `name` is for ever, the log's position is kept under it.
    Listener& on(std::string pattern, std::string name, Listener::Run run);
    // Something beside the entities that roles have rights on; `rights` as of an entity.
    void resource(std::string_view name, std::string_view rights);
    // What a company decides about a module: fields with their defaults (`starts_as`), read by
    // Ctx::setting; their API and screen follow.
    void module_settings(std::string_view module, std::span<const Field> fields);
    const std::vector<std::string>& modules() const { return modules_; }
    const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

    // What is served beside the API: the longest prefix of the path wins ("/" is everything else).
    using Page = std::function<http::Response(const http::Request&)>;
    void page(std::string prefix, Page page);

    // The one handler of the HTTP server: routing, sign-in, limits, transaction, errors, log line.
    Task<http::Response> handle(Loop& loop, http::Request& request);
    http::BodyRule body_rule(const http::Request& request) const;
    // What an http::Server is given; borrows this App.
    http::Handlers http_handlers();

    struct Requests;  // kernel/requests: routing, limits, cache

    void start();  // feed, realtime, jobs and listeners as the role says
    void stop();   // not on a loop: waits for what runs

private:
    template <class Args>
    struct JobCall {
        Task<> (*run)(Ctx&, const Args&);
        Task<> operator()(Ctx& ctx, const Json& json) const { return call(run, ctx, json); }
        static Task<> call(Task<> (*run)(Ctx&, const Args&), Ctx& ctx, const Json& json) {
            const Args args = args_from<Args>(json);
            co_await run(ctx, args);
        }
    };

    // "/customers/7" is "/contacts/7": an alias names the same resource in every route of it.
    http::Match find_route(std::string_view method, std::string_view path) const;
    Task<http::Response> beside_the_api(Loop& loop, http::Request& request);

    std::unique_ptr<db::Database> database_;
    std::vector<std::string> modules_;
    std::vector<std::unique_ptr<Route>> routes_;
    std::vector<std::unique_ptr<Route>> overridden_;  // by an earlier declaration
    std::unique_ptr<Requests> requests_;
    std::unique_ptr<Rights> rights_;
    std::unique_ptr<ModuleSettings> company_settings_;
    std::unique_ptr<auth::Sessions> sessions_;
    std::unique_ptr<records::Catalogue> entities_;
    std::unique_ptr<openapi::Site> documentation_;
    std::unique_ptr<Jobs> jobs_;
    std::unique_ptr<EventFeed> feed_;
    std::unique_ptr<listeners::Listeners> listeners_;
    std::unique_ptr<realtime::Hub> realtime_;
};

}  // namespace ponte
