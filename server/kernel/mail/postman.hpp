// By whom mail is sent: what a company has set, else the installation.
#pragma once

#include <optional>
#include <string>

#include "kernel/ctx.hpp"
#include "kernel/mail/mime.hpp"
#include "kernel/outbound.hpp"

namespace ponte {
class App;
}

namespace ponte::mail {

struct Postman {
    enum class Way : std::uint8_t { smtp, sendgrid };
    Way way = Way::smtp;
    std::string host, security, user, password, from, from_name, key, endpoint;
    std::int64_t port = 587;
};
// None: nobody has said by whom.
Task<std::optional<Postman>> postman_of(Ctx& ctx);

outbound::Call call_of(const Postman& postman, const Letter& letter);
// Whether asking again may help, by the protocol's own codes.
outbound::Outcome outcome_of(const Postman& postman, const outbound::Answer& answer);
// Before the next attempt, after so many; none: no more.
std::optional<Milliseconds> wait_after(int tries);

void declare_settings(App& app);

}  // namespace ponte::mail
