#include "kernel/mail/sendgrid_events.hpp"

#include "kernel/inbound.hpp"
#include "kernel/mail/suppression.hpp"
#include "kernel/signature.hpp"

namespace ponte::mail {
namespace {

using inbound::Entry;
using inbound::Reading;
using inbound::Sender;

// A connection is a company: it has one of each setting.
Task<std::optional<Sender>> sender(Ctx& ctx, Id company) {
    ctx.enter_as_system(company);
    const Json provider = co_await ctx.setting("mail.provider");
    const Json key = co_await ctx.setting("mail.sendgrid_events_key");
    if (!provider.is_string() || provider.as_string() != "sendgrid" || !key.is_string()) {
        co_return std::nullopt;
    }
    co_return Sender{company, key.as_string()};
}

// What is told twice is known by its event id: an old body that somebody sends again does nothing,
// however old, so their own retries of a day need no exception.
Reading read(const Sender& from, const http::Request& request) {
    const std::string_view stamp = request.header("x-twilio-email-event-webhook-timestamp");
    const std::string_view signature = request.header("x-twilio-email-event-webhook-signature");
    if (!is_signed_p256(from.secret, std::string(stamp) + request.body, signature)) {
        return {Reading::Verdict::forged, {}, {}};
    }
    const auto events = inbound::json_of(request.body);
    if (!events || !events->is_array()) {
        return {Reading::Verdict::not_understood, {}, "not_an_array"};
    }
    Reading reading;
    for (const Json& event : events->items()) {
        const std::string& id = event["sg_event_id"].as_string();
        const std::string text = event.dump();
        reading.told.push_back(
            {id.empty() ? auth::digest(text) : id, event["ponte_mail"].as_string(), text});
    }
    return reading;
}

struct Became {
    std::string_view state, problem;
};

// What they say in between, and that somebody opened or clicked, changes nothing here.
std::optional<Became> became(const Json& event) {
    const std::string& what = event["event"].as_string();
    if (what == "delivered") {
        return Became{"delivered", {}};
    }
    if (what == "bounce") {
        // Blocked: not now, by their own word; the address is good.
        const bool is_blocked = event["type"].as_string() == "blocked";
        return Became{is_blocked ? "refused" : "bounced", is_blocked ? "blocked" : "bounced"};
    }
    if (what == "dropped") {
        return Became{"refused", "dropped"};
    }
    if (what == "spamreport") {
        return Became{"delivered", "complained"};
    }
    return {};
}

std::string problem_text(const Became& now_is, const Json& event) {
    constexpr std::size_t longest = 300;
    const std::string reason = event["reason"].as_string().substr(0, longest);
    if (reason.empty() || !is_valid_utf8(reason)) {
        return std::string(now_is.problem);
    }
    return reason;
}

Task<> process(Ctx& ctx, const Entry& entry) {
    const Json event = Json::parse(entry.body);
    const auto now_is = became(event);
    const auto mail = Id::parse(event["ponte_mail"].as_string());
    if (!now_is) {
        co_return;
    }
    if (now_is->problem == "bounced" || now_is->problem == "complained") {
        suppress(ctx, event["email"].as_string(), now_is->problem);
    }
    const auto known = mail ? co_await find_mail(ctx, *mail) : std::nullopt;
    if (!known) {
        co_return;
    }
    // Not in their order: what bounced was not delivered afterwards.
    const bool is_known = *known == "bounced" && now_is->state == "delivered";
    if (is_known) {
        co_return;
    }
    Values values{{"state", now_is->state}};
    if (now_is->problem.empty()) {
        values.set("problem", nullptr);
    } else {
        values.set("problem", problem_text(*now_is, event));
    }
    co_await ctx.update("mail", *mail, std::move(values));
}

constexpr inbound::Inbound sendgrid{
    .vendor = "sendgrid",
    .sender = sender,
    .read = read,
    .process = process,
};

}  // namespace

void declare_sendgrid_events(App& app) { inbound::declare<sendgrid>(app); }

}  // namespace ponte::mail
