// A POST with an Idempotency-Key takes effect once, however often it arrives: its answer is kept in
// the transaction of what it did, and given again for the same key. Keys are kept for a day.
#pragma once

#include <optional>
#include <string>

#include "kernel/ctx.hpp"
#include "kernel/http.hpp"

namespace ponte::requests {

struct IdempotencyKey {
    std::string key;
    std::string request_hash;  // of everything that was asked
};

// None when the request has no key; throws 400 when the key is no key. Reads the files that came
// with it. The same JSON with its members in another order is the same request.
Task<std::optional<IdempotencyKey>> idempotency_key(Ctx& ctx, const http::Request& request);

// The answer that was given before. Throws 409 idempotency_key_reused when the key was used for
// something else.
Task<std::optional<http::Response>> earlier_answer(Ctx& ctx, const IdempotencyKey& key);

// Queues the answer in the transaction of `ctx`. When another request of the same key was faster,
// the commit fails with 422 on the field "key": nothing of ours happened, and its answer can be
// read.
void queue_answer(Ctx& ctx, const IdempotencyKey& key, const http::Response& response);
bool was_slower(const Error& error);

// The answer holds a secret: it is kept nowhere, and asking again does it again.
bool says_no_store(const http::Response& response);

}  // namespace ponte::requests
