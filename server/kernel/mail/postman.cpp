#include "kernel/mail/postman.hpp"

#include <array>

#include "kernel/app.hpp"
#include "kernel/secrets.hpp"
#include "kernel/services.hpp"

namespace ponte::mail {
namespace {

using namespace std::chrono_literals;

constexpr Field fields[] = {
    choice("provider", "installation | smtp | sendgrid").starts_as("installation"),
    text("host").up_to(253),
    integer("port").between(1, 65'535).starts_as("587"),
    choice("security", "starttls | tls | none").starts_as("starttls"),
    text("user").up_to(254),
    secret("password").up_to(500),
    email("from_address"),
    text("from_name").up_to(100),
    secret("sendgrid_key").up_to(500),
    url("sendgrid_url").starts_as("https://api.sendgrid.com"),
    // By which what they tell of our mails is checked: public, of their settings page.
    text("sendgrid_events_key").up_to(500),
};

Task<std::string> text_setting(Ctx& ctx, std::string name) {
    const Json value = co_await ctx.setting("mail." + name);
    co_return value.is_string() ? value.as_string() : std::string{};
}

Task<std::string> secret_setting(Ctx& ctx, std::string name) {
    const std::string full = "mail." + name;
    const auto value = co_await reveal_setting(ctx, full);
    co_return value.value_or("");
}

std::optional<Postman> of_installation(const Settings& settings) {
    const MailServer& server = settings.mail;
    if (server.host.empty() || server.from.empty()) {
        return {};
    }
    Postman postman;
    postman.host = server.host;
    postman.port = server.port;
    postman.security = server.security;
    postman.user = server.user;
    postman.password = server.password;
    postman.from = server.from;
    postman.from_name = "Ponte";
    return postman;
}

outbound::Call smtp_call(const Postman& postman, const Letter& letter) {
    outbound::Call call;
    const bool is_tls = postman.security == "tls";
    call.url = (is_tls ? "smtps://" : "smtp://") + postman.host + ":" +
               std::to_string(postman.port) + "/ponte";
    call.must_encrypt = postman.security != "none";
    call.user = postman.user;
    call.password = postman.password;
    call.mail_from = "<" + letter.from + ">";
    call.mail_to = "<" + letter.to + ">";
    call.body = mime_of(letter);
    return call;
}

Json person_json(const std::string& email, const std::string& name) {
    Json person = Json::object({{"email", email}});
    if (!name.empty()) {
        person.set("name", name);
    }
    return person;
}

outbound::Call sendgrid_call(const Postman& postman, const Letter& letter) {
    const Json to = Json::array({person_json(letter.to, letter.to_name)});
    const Json body = Json::object(
        {{"personalizations", Json::array({Json::object({{"to", to}})})},
         {"from", person_json(letter.from, letter.from_name)},
         {"subject", letter.subject},
         {"content", Json::array({Json::object({{"type", "text/plain"}, {"value", letter.text}}),
                                  Json::object({{"type", "text/html"}, {"value", letter.html}})})},
         {"custom_args", Json::object({{"ponte_mail", letter.message_id.substr(0, 36)}})},
         {"headers", Json::object({{"Auto-Submitted", "auto-generated"},
                                   {"Message-ID", "<" + letter.message_id + ">"}})},
         {"tracking_settings",
          Json::object({{"click_tracking", Json::object({{"enable", false}})},
                        {"open_tracking", Json::object({{"enable", false}})}})}});
    outbound::Call call;
    call.method = "POST";
    call.url = postman.endpoint + "/v3/mail/send";
    call.headers = {"Authorization: Bearer " + postman.key, "Content-Type: application/json"};
    call.body = body.dump();
    return call;
}

}  // namespace

Task<std::optional<Postman>> postman_of(Ctx& ctx) {
    const std::string provider = co_await text_setting(ctx, "provider");
    if (provider == "installation") {
        co_return of_installation(ctx.services.settings);
    }
    Postman postman;
    postman.from = co_await text_setting(ctx, "from_address");
    postman.from_name = co_await text_setting(ctx, "from_name");
    if (provider == "sendgrid") {
        postman.way = Postman::Way::sendgrid;
        postman.endpoint = co_await text_setting(ctx, "sendgrid_url");
        postman.key = co_await secret_setting(ctx, "sendgrid_key");
    } else {
        postman.host = co_await text_setting(ctx, "host");
        const Json port = co_await ctx.setting("mail.port");
        postman.port = port.as_integer();
        postman.security = co_await text_setting(ctx, "security");
        postman.user = co_await text_setting(ctx, "user");
        postman.password = co_await secret_setting(ctx, "password");
    }
    const bool is_complete =
        !postman.from.empty() && !(provider == "smtp" ? postman.host : postman.key).empty();
    co_return is_complete ? std::optional(postman) : std::nullopt;
}

outbound::Call call_of(const Postman& postman, const Letter& letter) {
    outbound::Call call = postman.way == Postman::Way::smtp ? smtp_call(postman, letter)
                                                            : sendgrid_call(postman, letter);
    call.vendor = "mail";
    call.answers_within = 30s;
    return call;
}

outbound::Outcome outcome_of(const Postman& postman, const outbound::Answer& answer) {
    using outbound::Outcome;
    if (postman.way == Postman::Way::sendgrid || answer.trouble != outbound::Trouble::none) {
        return outbound::outcome_of(answer);
    }
    // RFC 5321 §4.2.1: 4yz is for now, 5yz for good. 53x is about us, not about the recipient.
    const int status = answer.status;
    if (status >= 200 && status < 400) {
        return Outcome::ok;
    }
    if (status >= 530 && status < 540) {
        return Outcome::needs_attention;
    }
    return status < 500 ? Outcome::later : Outcome::refused;
}

std::optional<Milliseconds> wait_after(int tries) {
    constexpr std::array<Milliseconds, 7> waits{1min, 5min, 15min, 1h, 4h, 12h, 24h};
    const auto index = static_cast<std::size_t>(tries - 1);
    return index < waits.size() ? std::optional(waits[index]) : std::nullopt;
}

void declare_settings(App& app) { app.module_settings("mail", fields); }

}  // namespace ponte::mail
