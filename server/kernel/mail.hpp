// Mail to a person, written in the transaction of what it tells of and sent afterwards: by the
// company's mail server, else by the installation's. Without either it lies in the outbox, to be
// seen and sent later (decision 0145).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/ctx.hpp"

namespace ponte {
struct Settings;
}

namespace ponte::mail {

struct Mail {
    std::string_view kind;  // "accounts.invitation": what it is for; its words begin with "mail."
    std::string to, to_name;
    Language language = Language::pt;
    std::string subject;
    std::vector<std::string> paragraphs;  // plain text
    std::string button, link;             // what is to be clicked; the link is the way in alone
    std::string footer;
};

// Queued: an entry of the outbox and the job that sends it.
Task<> send(Ctx& ctx, const Mail& mail);

// "https://crm.exemplo.com.br/convite?token=…" of "/convite?token=…": where this installation is
// reached from outside (DOMAIN).
std::string link_to(const Settings& settings, std::string_view path);

}  // namespace ponte::mail
