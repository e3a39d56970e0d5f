// The one way out of this program: HTTP calls and mail to addresses that other people typed. What
// is called is checked where the connection is opened, so that no name, redirect or odd spelling
// leads to a machine of ours (decision 0143). Never while a transaction is open: whoever calls has
// committed. Each call leaves a row without secrets, and whoever fails again and again is left
// alone for a while, by all nodes (decision 0155).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/id.hpp"
#include "kernel/loop.hpp"
#include "kernel/task.hpp"
#include "kernel/values.hpp"

namespace ponte {

class Ctx;
class Services;
struct Settings;

namespace outbound {

// Bytes of a file of this machine.
struct FilePart {
    std::string path;  // empty: none
    std::uint64_t begin = 0, size = 0;
};

struct Call {
    std::string vendor;  // "webhook": who is called, for the log
    std::string method = "GET", url;
    std::vector<std::string> headers;  // "Content-Type: application/json"
    std::string body;
    FilePart body_of;  // sent instead of `body`, read as it goes
    // An answer of 2xx is written to this file, however long it is; any other stays in memory.
    std::string answer_file;
    Milliseconds connects_within{5'000}, answers_within{15'000};
    Milliseconds stalls_for{0};  // no byte for so long is its end; 0: only the time in all counts
    std::size_t most_bytes = 64 * 1024;  // of the answer; what is more is left out
    // Of "smtp://host:587" and "smtps://host:465"; `body` is the message, its lines end with CRLF.
    std::string mail_from, mail_to, user, password;
    bool must_encrypt = true;  // STARTTLS, or nothing is said; only where the operator opened it
    std::optional<Id> connection;  // of whose account; its troubles are not those of others there
    // Whether somebody who fails in a row is left alone, and whether what comes of it is told.
    enum class Circuit : std::uint8_t {
        heeds,
        tells,    // somebody waits for this one: it is tried whatever is known
        ignores,  // who calls has a patience of its own
    };
    Circuit circuit = Circuit::heeds;
    bool shows_path = false;  // in the list of calls: it holds nothing that somebody typed
};

// Why there is no answer.
enum class Trouble : std::uint8_t {
    none,
    address,        // it is not a URL that may be called
    private_place,  // the name leads to an address that is not public
    unknown_host,   // the name leads nowhere
    unreachable,    // refused, reset, no way there
    certificate,    // not who it says, or no TLS at all
    timeout,
    broken,   // what came is not HTTP
    resting,  // it failed again and again, or asked to be left alone: nobody called
};
std::string_view name_of(Trouble trouble);  // "private_place"; also the key of its words

struct Answer {
    Trouble trouble = Trouble::none;
    int status = 0;                    // 0: there is none; of SMTP its last reply, 250 is well
    std::vector<std::string> headers;  // as they came, "Retry-After: 120"
    std::string body;
    bool is_cut = false;
    Milliseconds took{0};
    std::optional<Time> again_at = {};  // of one that rests

    std::string_view header(std::string_view name) const;  // any case; empty when there is none
};

// What an answer means to whoever wanted something done.
enum class Outcome : std::uint8_t {
    ok,
    later,            // not now: the same call may succeed another time
    refused,          // they do not want it, and will not when asked again
    needs_attention,  // somebody must change a setting: an address, a token
};
Outcome outcome_of(const Answer& answer);
// How long they ask us to wait, in seconds or until a date (RFC 9110 §10.2.3).
std::optional<Milliseconds> retry_after(const Answer& answer, Time now);
// When the same call may succeed, as they or the circuit say it; for a job's RetryAt.
std::optional<Time> again_at(const Answer& answer, Time now);

// Empty: it may be called. Otherwise the code of the problem with what somebody typed:
// "invalid", "url.not_encrypted", "url.with_credentials", "url.port". Where the name leads is known
// when it is called.
std::string_view problem_of_url(const Settings& settings, std::string_view url);

// `at_once` of them at a time, the answers in the order of the calls. An answer of any status is an
// answer; nothing throws but a transaction that is still open.
Task<std::vector<Answer>> call_all(Ctx& ctx, std::vector<Call> calls, std::size_t at_once);
Task<Answer> call(Ctx& ctx, Call call);

class Circuits;
class Client;
class Ledger;

// The clients of this process, one a loop; who is left alone; what was called.
class Outbound {
public:
    explicit Outbound(Services& services);
    explicit Outbound(const Settings& settings);  // of a program that calls the store alone
    ~Outbound();
    Outbound(const Outbound&) = delete;
    Outbound& operator=(const Outbound&) = delete;

    Client& client_of(Loop& loop);  // on that loop
    // …for addresses that the operator typed (outbound/to_store.hpp): with connections of its own,
    // so that nobody else's call travels on one of them.
    Client& operators_client_of(Loop& loop);
    const std::string& operators_endpoint() const;  // empty: none
    Circuits& circuits();
    Ledger& ledger();
    void stop();  // what is not written down yet is

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace outbound
}  // namespace ponte
