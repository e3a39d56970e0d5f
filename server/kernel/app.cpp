#include "kernel/app.hpp"

#include <chrono>

#include "kernel/entities/catalogue.hpp"
#include "kernel/events/notice.hpp"
#include "kernel/http/request_facts.hpp"
#include "kernel/listeners/listeners.hpp"
#include "kernel/log.hpp"
#include "kernel/openapi/site.hpp"
#include "kernel/realtime.hpp"
#include "kernel/records/routes.hpp"
#include "kernel/requests/refusal.hpp"
#include "kernel/requests/requests.hpp"
#include "kernel/rights.hpp"
#include "kernel/settings/module_settings.hpp"
#include "kernel/values.hpp"

namespace ponte {
namespace {

constexpr std::string_view socket_path = "/socket.io";

bool is_socket(std::string_view path) {
    return path.starts_with(socket_path) &&
           (path.size() == socket_path.size() || path[socket_path.size()] == '/');
}

}  // namespace

App::App(Settings settings_, Loops& loops_, std::unique_ptr<db::Database> database,
         auth::Keys keys_)
    : settings(std::move(settings_)),
      keys(std::move(keys_)),
      loops(loops_),
      database_(std::move(database)),
      requests_(std::make_unique<Requests>(storage_of(settings.data_dir))),
      rights_(std::make_unique<Rights>()),
      company_settings_(std::make_unique<ModuleSettings>()),
      sessions_(std::make_unique<auth::Sessions>(*this)),
      entities_(std::make_unique<records::Catalogue>()),
      documentation_(std::make_unique<openapi::Site>(*this)),
      jobs_(std::make_unique<Jobs>(*this)),
      feed_(std::make_unique<EventFeed>(*this)),
      listeners_(std::make_unique<listeners::Listeners>(*this)),
      realtime_(std::make_unique<realtime::Hub>(*this)) {
    requests_->may_cache = !others_may_exist(settings);
    requests_->storage.know_askers_by([key = keys.token_key](const http::Request& request) {
        const auto at = std::chrono::duration_cast<std::chrono::seconds>(now().time_since_epoch());
        const auto token = auth::verify_token(requests::bearer_of(request), key, at.count());
        return token.refusal == auth::Refusal::none ? token.claims.tenant : Id{};
    });
    // What other nodes write arrives here as well; what this one wrote is known already.
    feed_->subscribe([this](const std::vector<Event>& batch) {
        for (const Event& event : batch) {
            sessions_->apply(event);
            entities_->apply(event);
            company_settings_->apply(event);
        }
    });
}

App::~App() = default;

void App::module(std::string_view name) { modules_.emplace_back(name); }

void App::entity(const Entity& entity) {
    entities_->add(entity);
    if (entity.lives_inside) {
        return;
    }
    rights_->entity(entity);
    records::declare_entity_routes(*this, entities_->get(entity.name));
}

void App::resource(std::string_view name, std::string_view rights) {
    rights_->resource(name, rights);
}

Route& App::route(std::string method, std::string pattern, Handler run) {
    auto route = std::make_unique<Route>();
    route->method = std::move(method);
    route->pattern = std::move(pattern);
    route->run = run;
    Route& declared = *route;
    // The first declaration of a route wins: a module's own stands before the generic one.
    if (requests_->router.has(declared.method, declared.pattern)) {
        overridden_.push_back(std::move(route));
        return declared;
    }
    requests_->router.add(declared);
    routes_.push_back(std::move(route));
    return declared;
}

Listener& App::on(std::string pattern, std::string name, Listener::Run run) {
    return listeners_->declare({std::move(pattern), std::move(name), run});
}

void App::page(std::string prefix, Page page) {
    requests_->pages.emplace_back(std::move(prefix), std::move(page));
}

const App::Page* App::Requests::page_of(std::string_view path) const {
    const Page* best = nullptr;
    std::size_t longest = 0;
    for (const auto& [prefix, page] : pages) {
        if (path.starts_with(prefix) && prefix.size() > longest) {
            best = &page;
            longest = prefix.size();
        }
    }
    return best;
}

http::Match App::find_route(std::string_view method, std::string_view path) const {
    const auto end = path.find('/', 1);
    const std::string_view word = path.empty() ? path : path.substr(1, end - 1);
    const records::Kind* kind = entities_->by_route(word);
    if (!kind || kind->route == word) {
        return requests_->router.match(method, path);
    }
    const std::string named = "/" + kind->route + std::string(path.substr(1 + word.size()));
    return requests_->router.match(method, named);
}

// From somebody without a token of ours nothing is read but what an open route asks for, and nobody
// sends anything to where there is nothing, nor a file when there is no room. Whether the token's
// session still stands is asked when the request is handled.
http::BodyRule App::body_rule(const http::Request& request) const {
    const http::Match match = find_route(request.method, http::api_path(request.path));
    http::BodyRule rule;
    if (!match.route) {
        rule.is_unwanted = !is_socket(request.path);
        return rule;
    }
    rule = match.route->body_rule;
    rule.is_unwanted = !match.route->is_open && !sessions_->is_signed(requests::bearer_of(request));
    if (rule.multipart_to_disk && !rule.is_unwanted) {
        Storage& storage = requests_->storage;
        rule.is_unwanted =
            !storage.has_room_for(storage.asker_of(request), http::announced_bytes(request));
    }
    return rule;
}

http::Handlers App::http_handlers() {
    http::Handlers handlers;
    handlers.handle = [this](Loop& loop, http::Request& request) { return handle(loop, request); };
    handlers.body_rule = [this](const http::Request& request) { return body_rule(request); };
    handlers.upgrade =
        [this](const http::Request& request,
               http::Response& refusal) -> std::function<void(std::shared_ptr<http::WebSocket>)> {
        if (!is_socket(request.path)) {
            return {};
        }
        return realtime_->upgrade(request, refusal);
    };
    handlers.refuse = [](const http::Request& request, int status, std::string_view code) {
        const requests::Reader reader{
            parse_language(request.header("accept-language")), request.request_id, {}};
        return requests::refusal(Error(status, std::string(code)), reader);
    };
    return handlers;
}

void App::start() {
    rights_->check();
    feed_->start();
    realtime_->start();
    if (settings.role != "web") {
        jobs_->start();
        listeners_->start();
    }
}

void App::stop() {
    realtime_->stop();
    listeners_->stop();
    jobs_->stop();
    feed_->stop();
    database_->stop();
}

}  // namespace ponte
