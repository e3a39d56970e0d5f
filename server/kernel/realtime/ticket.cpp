#include "kernel/realtime/ticket.hpp"

#include "kernel/auth.hpp"
#include "kernel/error.hpp"

namespace ponte::realtime {

std::string seal_ticket(const Ticket& ticket, std::string_view key) {
    const Json json = Json::object({{"tenant", ticket.tenant},
                                    {"user", ticket.user},
                                    {"sid", ticket.sid},
                                    {"position", ticket.position.text()}});
    return auth::seal(json.dump(), key);
}

std::optional<Ticket> open_ticket(std::string_view pid, std::string_view key) {
    const auto plain = auth::unseal(pid, key);
    if (!plain) {
        return {};
    }
    Json json;
    try {
        json = Json::parse(*plain);
    } catch (const Error&) {
        return {};  // sealed by us, but for something else
    }
    const auto tenant = Id::parse(json["tenant"].as_string());
    const auto user = Id::parse(json["user"].as_string());
    const auto position = Position::parse(json["position"].as_string());
    if (!tenant || !user || !position) {
        return {};
    }
    return Ticket{*tenant, *user, json["sid"].as_string(), *position};
}

}  // namespace ponte::realtime
