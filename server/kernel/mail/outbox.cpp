#include "kernel/mail/outbox.hpp"

#include <typeindex>

#include "kernel/mail/letter.hpp"
#include "kernel/mail/postman.hpp"
#include "kernel/mail/sendgrid_events.hpp"
#include "kernel/mail/suppression.hpp"
#include "kernel/records.hpp"
#include "kernel/secrets.hpp"

namespace ponte::mail {
namespace {

using outbound::Outcome;
using records::Locked;

struct SendMail {
    Id mail;
};
FIELDS(SendMail, mail);

// What a mail says is a way in for whoever reads it: sealed, and taken out once it is sent.
constexpr Field mail_fields[] = {
    email("to_address").required().read_only().not_sortable(),
    text("to_name").read_only().not_sortable(),
    text("subject").required().read_only().up_to(500).not_sortable(),
    text("kind").required().read_only().not_sortable().hidden(),
    choice("state", "waiting | sent | delivered | held | refused | bounced")
        .read_only()
        .starts_as("waiting")
        .colored("blue | green | green | amber | red | red"),
    integer("tries").read_only().starts_as("0").not_sortable(),
    text("problem").read_only().up_to(500).not_sortable(),
    datetime("sent_at").read_only().not_sortable(),
    datetime("next_try_at").read_only().not_sortable(),
    secret("content").up_to(20'000).hidden(),
};

void deliver(Ctx& ctx, const Id& mail, Milliseconds delay = Milliseconds{0}) {
    EnqueueOptions options;
    options.unique_key = mail.text();
    options.delay = delay;
    ctx.enqueue_args(std::type_index(typeid(SendMail)), args_to(SendMail{mail}), options);
}

Json content_json(const Mail& mail) {
    Json paragraphs = Json::array();
    for (const std::string& one : mail.paragraphs) {
        paragraphs.push(one);
    }
    return Json::object({{"paragraphs", std::move(paragraphs)},
                         {"button", mail.button},
                         {"link", mail.link},
                         {"footer", mail.footer}});
}

struct MailRow {
    std::string to_address, to_name, subject, state;
    int tries = 0;
};
FIELDS(MailRow, to_address, to_name, subject, state, tries);

std::string domain_of(const std::string& address) {
    return address.substr(std::min(address.find('@') + 1, address.size()));
}

Letter letter_of(const Ctx& ctx, const Id& id, const MailRow& row, const Postman& postman,
                 const std::string& content) {
    const Json said = Json::parse(content);
    Mail mail;
    for (const Json& one : said["paragraphs"].items()) {
        mail.paragraphs.push_back(one.as_string());
    }
    mail.button = said["button"].as_string();
    mail.link = said["link"].as_string();
    mail.footer = said["footer"].as_string();
    return {
        postman.from, postman.from_name, row.to_address, row.to_name,
        row.subject,  text_of(mail),     html_of(mail),  id.text() + "@" + domain_of(postman.from),
        ctx.now};
}

// "550 5.1.1 no such user", "timeout": what an administrator can look up.
std::string problem_of(const outbound::Answer& answer) {
    if (answer.trouble != outbound::Trouble::none) {
        return std::string(outbound::name_of(answer.trouble));
    }
    const std::string last = answer.headers.empty() ? "" : answer.headers.back();
    std::string said = answer.body.empty() ? last : answer.body;
    if (!said.starts_with(std::to_string(answer.status))) {
        said = std::to_string(answer.status) + " " + said;
    }
    said = said.substr(0, 300);
    return is_valid_utf8(said) ? said : std::to_string(answer.status);
}

Task<> hold(Ctx& ctx, Id id) {
    Values values{{"state", "held"}, {"problem", "not_configured"}, {"next_try_at", nullptr}};
    co_await ctx.update("mail", id, std::move(values));
}

Task<> write_down(Ctx& ctx, Id id, const MailRow& row, Outcome outcome,
                  const outbound::Answer& answer) {
    Values values{{"tries", row.tries + 1}, {"next_try_at", nullptr}};
    const auto wait = wait_after(row.tries + 1);
    if (outcome == Outcome::ok) {
        values.set("state", "sent");
        values.set("sent_at", format_time(ctx.now));
        values.set("problem", nullptr);
        values.set("content", nullptr);
    } else if (outcome == Outcome::later && wait) {
        values.set("problem", problem_of(answer));
        values.set("next_try_at", format_time(ctx.now + *wait));
        deliver(ctx, id, *wait);
    } else {
        // What somebody can mend by a setting is sent afterwards, by hand.
        values.set("state", outcome == Outcome::needs_attention ? "held" : "refused");
        values.set("problem", problem_of(answer));
    }
    co_await ctx.update("mail", id, std::move(values));
}

// Nobody was called: that is no try of it.
Task<> wait_with_others(Ctx& ctx, Id id, Time until) {
    Values values{{"problem", outbound::name_of(outbound::Trouble::resting)},
                  {"next_try_at", format_time(until)}};
    co_await ctx.update("mail", id, std::move(values));
    deliver(ctx, id, std::max(until - ctx.now, Milliseconds{0}));
}

Task<> run(Ctx& ctx, const SendMail& job) {
    const auto row = co_await ctx.tx.maybe<MailRow>(
        "select to_address, coalesce(to_name, '') as to_name, subject, state, tries from mails "
        "where tenant_id = current_tenant() and id = $1::uuid",
        job.mail);
    if (!row || row->state != "waiting") {
        co_return;
    }
    const SecretPlace place{"mail", job.mail, "content"};
    const auto content = co_await reveal(ctx, place);
    const auto postman = co_await postman_of(ctx);
    if (!postman || !content) {
        co_await hold(ctx, job.mail);
        co_return;
    }
    const bool is_in_vain = co_await is_suppressed(ctx, row->to_address);
    if (is_in_vain) {
        Values values{{"state", "refused"}, {"problem", "suppressed"}, {"next_try_at", nullptr}};
        co_await ctx.update("mail", job.mail, std::move(values));
        co_return;
    }
    co_await ctx.tx.commit();
    const outbound::Answer answer = co_await outbound::call(
        ctx, call_of(*postman, letter_of(ctx, job.mail, *row, *postman, *content)));
    ctx.now = now();
    if (answer.again_at) {
        co_await wait_with_others(ctx, job.mail, *answer.again_at);
        co_return;
    }
    const Outcome outcome = outcome_of(*postman, answer);
    co_await write_down(ctx, job.mail, *row, outcome, answer);
}

// Whoever sends it once more by hand knows that the address is good again.
Task<> send_again(Ctx& ctx, const Locked& mail, const Values&) {
    allow_again(ctx, mail.record["toAddress"].as_string());
    Values values{{"state", "waiting"}, {"tries", 0}, {"problem", nullptr}};
    co_await ctx.update("mail", mail.id, std::move(values));
    deliver(ctx, mail.id);
}

constexpr Action mail_actions[] = {
    action("send", send_again).needs("update").when("state", "held | refused"),
};

}  // namespace

constexpr Entity mail_entity{
    .name = "mail",
    .table = "mails",
    .title = "subject",
    .fields = mail_fields,
    .actions = mail_actions,
    .can_be_deleted = false,
    .can_be_created = false,
    .is_in_menu = false,
    .history = History::facts,
};
static_assert(valid(mail_entity));

Task<> send(Ctx& ctx, const Mail& mail) {
    Values values{{"to_address", mail.to},
                  {"to_name", mail.to_name.empty() ? Json{} : Json(mail.to_name)},
                  {"subject", mail.subject},
                  {"kind", std::string(mail.kind)},
                  {"content", content_json(mail).dump()}};
    const Id id = co_await ctx.create("mail", std::move(values));
    deliver(ctx, id);
}

std::string link_to(const Settings& settings, std::string_view path) {
    const std::string base =
        settings.public_url.empty() ? "http://" + settings.listen : settings.public_url;
    return base + std::string(path);
}

void declare(App& app) {
    app.entity(mail_entity);
    declare_settings(app);
    declare_sendgrid_events(app);
    app.job<SendMail>("mail.send", run).calls_out();
}

}  // namespace ponte::mail
