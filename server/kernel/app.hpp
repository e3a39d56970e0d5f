// What the program consists of, as its modules say it: each receives this once, at start, and only
// declares. What runs of it is Kernel's (kernel/kernel.hpp), reached by a request through its Ctx.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <typeindex>

#include "kernel/ctx.hpp"
#include "kernel/entity.hpp"
#include "kernel/events.hpp"
#include "kernel/jobs.hpp"
#include "kernel/notification.hpp"
#include "kernel/people.hpp"
#include "kernel/rights.hpp"
#include "kernel/route.hpp"

namespace ponte {

namespace files {
class Store;
}
struct Settings;

class App {
public:
    explicit App(Services& services) : services_(services) {}
    App(const App&) = delete;
    App& operator=(const App&) = delete;

    void entity(const Entity& entity);  // its generic routes come along (none of its own inside)
    Route& route(std::string method, std::string pattern, Handler run);
    template <class Args>
    JobKind& job(std::string name, Task<> (*run)(Ctx&, const Args&)) {
        return job(std::move(name), typeid(Args), JobCall<Args>{run});
    }
    // …whose arguments the function reads itself.
    using JobRun = std::function<Task<>(Ctx&, const Json& args)>;
    JobKind& job(std::string name, std::type_index args, JobRun run);
    // Hears what is committed from now on; `name` is for ever, the log's position is kept under it.
    Listener& on(std::string pattern, std::string name, Listener::Run run);
    Listener& on_all(std::string pattern, std::string name, Listener::RunAll run);
    // People are told of such events; without `whom` it says to holders of which right.
    Notification& notify(std::string event, std::string kind, Notification::Whom whom = nullptr);
    // Something beside the entities that roles have rights on; `rights` as of an entity.
    void resource(std::string_view name, std::string_view rights);
    // A role that every company has.
    void role(std::string_view name, Rights::Extent extent);
    // What a company decides about a module: fields with their defaults (`starts_as`), read by
    // Ctx::setting; their API and screen follow.
    void module_settings(std::string_view module, std::span<const Field> fields);
    // Where the bytes of files are; as long as nobody says so, on this machine's disk.
    void store(std::shared_ptr<files::Store> store);
    const Settings& settings() const;
    // Of the one module that keeps companies and their users.
    void people(const People& people);
    // What is served beside the API: the longest prefix of the path wins ("/" is everything else).
    using Page = http::Response (*)(const Services&, const http::Request&);
    void page(std::string prefix, Page page);

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

    Services& services_;
    std::shared_ptr<files::Store> store_;  // the last one that was named; borrowed by Services
};

}  // namespace ponte
