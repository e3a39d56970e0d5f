// What others tell us over HTTP: journaled before it is answered, then read in order, each thing
// once, also after a crash (decision 0153). A vendor declares whose a connection is, how a body is
// checked and taken apart, and what becomes of each thing that it tells:
//     POST /api/v1/webhooks/<vendor>/{connection}
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/app.hpp"

namespace ponte::inbound {

// Whose a connection is, and with what its bodies are checked.
struct Sender {
    Id tenant;
    std::string secret;
};

// One thing that was told. What has the same key is processed in the order in which it came; what
// comes again under the same external id is told already.
struct Told {
    std::string external_id, key, body;
};

struct Reading {
    enum class Verdict : std::uint8_t { taken, forged, not_understood };
    Verdict verdict = Verdict::taken;
    std::vector<Told> told;
    std::string reason;  // of what is not understood, for administrators
};

struct Entry {
    Id id, connection_id;
    std::string external_id, order_key, body;
};

// None: it is no JSON.
std::optional<Json> json_of(std::string_view body);

// A constant of the program; it is borrowed.
struct Inbound {
    std::string_view vendor;  // "sendgrid": in the address, for ever
    // None: nobody has such a connection. With a Ctx of its own, that is nowhere yet.
    Task<std::optional<Sender>> (*sender)(Ctx& ctx, Id connection) = nullptr;
    Reading (*read)(const Sender& sender, const http::Request& request) = nullptr;
    // As the system within the company, in one transaction with the entry's end. What it throws is
    // tried again, later and later; others with its key wait, nobody else does.
    Task<> (*process)(Ctx& ctx, const Entry& entry) = nullptr;
};

struct ProcessArgs {
    Id connection;
};

Task<http::Response> receive(Ctx& ctx, const http::Request& request, const Inbound& of);
Task<> process_all(Ctx& ctx, const ProcessArgs& args, const Inbound& of);
void declare_route(App& app, const Inbound& of, Handler receive);
void declare_job(App& app, const Inbound& of, std::type_index args, App::JobRun run);

template <const Inbound& of>
struct Process {
    static Task<http::Response> receive(Ctx& ctx, const http::Request& request) {
        http::Response response = co_await inbound::receive(ctx, request, of);
        co_return response;
    }
    static Task<> run(Ctx& ctx, const Json& json) {
        ProcessArgs args;
        read_json(json["connection"], args.connection);
        co_await process_all(ctx, args, of);
    }
};

template <const Inbound& of>
void declare(App& app) {
    declare_route(app, of, &Process<of>::receive);
    declare_job(app, of, typeid(Process<of>), &Process<of>::run);
}

}  // namespace ponte::inbound
