#include "kernel/notifications/digest.hpp"

#include "kernel/app.hpp"
#include "kernel/mail.hpp"
#include "kernel/mail/postman.hpp"
#include "kernel/notifications/person.hpp"
#include "kernel/notifications/said.hpp"
#include "kernel/people.hpp"
#include "kernel/people/standing.hpp"
#include "kernel/services.hpp"
#include "kernel/sweeping.hpp"

namespace ponte::notifications {
namespace {

// In the company's zone: at the beginning of the working day.
constexpr const char* time_of_mail = "08:00";
constexpr std::size_t most_told = 20;

struct Forget {};
template <class Visit>
void visit_fields(const Forget&, Visit&&) {}
struct MailUnread {};
template <class Visit>
void visit_fields(const MailUnread&, Visit&&) {}

mail::Mail letter(const Ctx& ctx, const Person& to, const std::vector<Said>& told,
                  std::size_t count) {
    const auto say = [&](const char* part) {
        const Json params =
            Json::object({{"name", to.name},
                          {"count", static_cast<std::int64_t>(count)},
                          {"more", static_cast<std::int64_t>(count - told.size())}});
        return Words::all().format(to.language, std::string("mail.notifications.unread.") + part,
                                   params);
    };
    mail::Mail mail;
    mail.kind = "notifications.unread";
    mail.to = to.email;
    mail.to_name = to.name;
    mail.language = to.language;
    mail.subject = say(count == 1 ? "subject_one" : "subject");
    mail.paragraphs = {say("greeting")};
    for (const Said& one : told) {
        mail.paragraphs.push_back("• " + one.text);
    }
    if (count > told.size()) {
        mail.paragraphs.push_back(say("more"));
    }
    mail.button = say("button");
    mail.link = mail::link_to(ctx.services.settings, "/notificacoes");
    mail.footer = say("footer");
    return mail;
}

// With what this person may read.
Task<> mail_to(Ctx& ctx, const Person& to) {
    const auto taken = co_await ctx.tx.all<Id>(
        "update notifications set mailed_at = now() where tenant_id = current_tenant() "
        "and user_id = $1 and is_mailed and mailed_at is null and read_at is null returning id",
        to.id);
    if (taken.empty()) {
        co_return;
    }
    const Id tenant = ctx.who.tenant;
    const bool is_there = co_await act_as_user(ctx, to.id);
    if (!is_there) {
        ctx.enter_as_system(tenant);
        co_return;
    }
    ctx.language = to.language;
    const auto rows = co_await ctx.tx.all<Row>(
        "select " + row_columns(ctx) +
            " from notifications n where n.tenant_id = $1 and n.id = any ($2::uuid[]) "
            "order by n.at desc, n.id desc limit $3",
        tenant, taken, static_cast<std::int64_t>(most_told));
    const auto told = co_await said(ctx, rows);
    ctx.enter_as_system(tenant);
    const mail::Mail mail = letter(ctx, to, told, taken.size());
    co_await mail::send(ctx, mail);
}

// Without anybody to send it nothing is taken: what is unread waits for the day when there is.
Task<> mail_unread(Ctx& ctx, const MailUnread&) {
    const auto postman = co_await mail::postman_of(ctx);
    if (!postman) {
        co_return;
    }
    const auto due = co_await ctx.tx.all<Id>(
        "select distinct n.user_id from notifications n where n.tenant_id = current_tenant() "
        "and n.is_mailed and n.mailed_at is null and n.read_at is null "
        "and not exists (select from notifications m where m.tenant_id = n.tenant_id "
        "and m.user_id = n.user_id and m.mailed_at > now() - interval '20 hours')");
    const std::optional<std::vector<Id>> whom(due);
    const auto people = co_await reachable(ctx, whom);
    for (const Person& person : people) {
        co_await mail_to(ctx, person);
    }
}

Task<> forget(Ctx& ctx, const Forget&) {
    co_await repeat_until_none(
        ctx,
        // bulk: what three months have passed over.
        "delete from notifications where ctid = any (array(select ctid from notifications "
        "where at < now() - interval '90 days' limit 5000)) returning 1");
    co_await repeat_until_none(
        ctx,
        // bulk: browsers in which nobody has been for two months.
        "delete from push_subscriptions where ctid = any (array(select ctid from "
        "push_subscriptions "
        "where seen_at < now() - interval '60 days' limit 5000)) returning 1");
}

}  // namespace

void declare_digest(App& app) {
    app.job<MailUnread>("notifications.mail", mail_unread).daily_for_each_company_at(time_of_mail);
    app.job<Forget>("notifications.forget", forget).at("03:45").commits_itself();
}

}  // namespace ponte::notifications
