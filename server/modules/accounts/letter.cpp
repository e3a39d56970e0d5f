#include "modules/accounts/letter.hpp"

#include "kernel/mail.hpp"
#include "kernel/services.hpp"

namespace ponte::accounts {
namespace {

struct Reader {
    std::string email, name, company, language;
};
FIELDS(Reader, email, name, company, language);

Task<Reader> reader_of(Ctx& ctx, Id user) {
    const auto reader = co_await ctx.tx.one<Reader>(
        "select u.email, u.name, t.name as company, coalesce(u.language, t.locale) as language "
        "from users u join tenants t on t.tenant_id = u.tenant_id "
        "where u.tenant_id = $1 and u.id = $2",
        ctx.who.tenant, user);
    co_return reader;
}

mail::Mail written(const Ctx& ctx, const Letter& letter, const Reader& reader) {
    const Language language = parse_language(reader.language);
    const Json params = Json::object({{"name", reader.name},
                                      {"company", reader.company},
                                      {"inviter", ctx.who.name},
                                      {"email", reader.email},
                                      {"wanted", letter.wanted}});
    const auto say = [&](std::string_view part) {
        return Words::all().format(language, "mail." + letter.kind + "." + std::string(part),
                                   params);
    };
    mail::Mail mail;
    mail.kind = letter.kind;
    mail.to = letter.to.empty() ? reader.email : letter.to;
    mail.to_name = reader.name;
    mail.language = language;
    mail.subject = say("subject");
    mail.paragraphs = {say("greeting"), say("text")};
    if (!letter.path.empty()) {
        mail.button = say("button");
        mail.link = mail::link_to(ctx.services.settings, letter.path);
    }
    mail.footer = say("footer");
    return mail;
}

}  // namespace

Task<> send_letter(Ctx& ctx, const Letter& letter) {
    const Reader reader = co_await reader_of(ctx, letter.reader);
    const mail::Mail mail = written(ctx, letter, reader);
    co_await mail::send(ctx, mail);
}

}  // namespace ponte::accounts
