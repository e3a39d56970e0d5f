// The table of deliveries as who sends them uses it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/app.hpp"
#include "modules/webhooks/attempt.hpp"

namespace ponte::webhooks {

struct Address {
    std::string url, method, signature_version;
    bool active = true;
    bool has_former_secret = false;  // that signs, too
    int failures = 0;
    std::int64_t resting_ms = 0;  // it is left alone for so long
};

struct Due {
    Id id;
    std::string event, data, changes, at;
    int tries = 0;
};

// One job at a time sends to an address; false while another does.
Task<bool> claim(Ctx& ctx, Id webhook);
Task<std::optional<Address>> address_of(Ctx& ctx, Id webhook);
// What may be sent now: of each record its oldest, in their order. Of an address that is switched
// off only tests.
Task<std::vector<Due>> due_of(Ctx& ctx, Id webhook, bool only_tests, int most);
// Until the next one may be sent; none when nothing waits.
Task<std::optional<Milliseconds>> next_due(Ctx& ctx, Id webhook);

struct Result {
    Due delivery;
    outbound::Answer answer;
    Attempted attempted;
};
void queue_result(Ctx& ctx, const Result& result);
void queue_health(Ctx& ctx, Id webhook, int failures, Milliseconds rest);
void queue_release(Ctx& ctx, Id webhook);

}  // namespace ponte::webhooks
