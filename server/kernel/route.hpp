// One endpoint, declared: its facts feed the router, the permission check, validation and OpenAPI
// alike.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "kernel/field.hpp"
#include "kernel/http.hpp"
#include "kernel/task.hpp"

namespace ponte {

class Ctx;
struct Entity;

using Handler = Task<http::Response> (*)(Ctx&, const http::Request&);

// Of a route without a token: names, an address, a password.
constexpr std::uint64_t most_open_body_bytes = 16 * 1024;

struct Route {
    std::string method, pattern;  // "/contacts/{id}"; below /api/v1
    Handler run = nullptr;
    std::string tag;                   // group in the documentation
    std::string permission;            // "contacts.read"; empty: any signed-in user
    std::string name;                  // in the documentation; default made of method and pattern
    bool is_open = false;              // needs no token
    bool is_limited_as_guess = false;  // counts against the limits for guessing (auth)
    bool is_from_outside = false;      // any kind of body, limited per {connection} of its path
    bool is_counted = true;            // against the limits on requests; health checks are not
    bool is_versioned = false;         // takes If-Match, though it is no entity's
    // What an API key may: what its scopes allow of `permission`; without a permission only a key
    // with every scope, unless the handler asks for rights itself.
    enum class Keys : std::uint8_t { by_right, by_handler, never } keys = Keys::by_right;
    bool reads_itself = false;  // `body` and `query` only document what the handler reads
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
    // Other programs tell us something there (kernel/inbound.hpp).
    Route& from_outside(std::uint64_t max_bytes) {
        open();
        is_from_outside = true;
        reads_itself = true;
        body_rule.max_bytes = max_bytes;
        return *this;
    }
    // The handler asks for rights itself, or tells no more than the asker may read.
    Route& within_rights() {
        keys = Keys::by_handler;
        return *this;
    }
    // Signing in, passwords, keys: nothing that a key may do.
    Route& for_people() {
        keys = Keys::never;
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

}  // namespace ponte
