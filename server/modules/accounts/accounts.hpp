// Companies, the people who work in them, what they may do, and how they sign in. Owns the tables
// tenants, roles, teams, identities, users, sessions, refresh_tokens and password_resets; nobody
// else reads passwords or sessions. Other modules know users by their id.
#pragma once

#include <string>
#include <vector>

#include "kernel/ctx.hpp"

namespace ponte {
class App;
}

namespace ponte::accounts {

void declare(App& app);

struct Member {
    Id tenant, user;
};

struct NewCompany {
    std::string company, name, email, password;
};
// A company with its built-in roles and its first administrator, in the transaction of `ctx`, which
// acts as that administrator from here on; the caller commits. Throws 422 with every problem.
Task<Member> open_company(Ctx& ctx, NewCompany input);

struct NewUser {
    std::string name, email, password, role = "agent";
    bool is_operator = false;  // looks after the whole installation
};
// Another user of the company that `ctx` works in; the caller commits. Throws 422.
Task<Id> add_colleague(Ctx& ctx, NewUser input);

// Whether anybody signs in with this e-mail, in whatever company.
Task<bool> is_email_taken(Ctx& ctx, std::string email);

// `ponte user add`: a user of the company of this name or slug, which is opened when there is none
// (its first user is its administrator). Commits.
Task<Member> add_user(Services& services, Loop& loop, std::string company, NewUser input);

// Companies of this name, slug or id; all of them when it is empty.
struct KnownCompany {
    Id id;
    std::string name;
};
FIELDS(KnownCompany, id, name);
Task<std::vector<KnownCompany>> find_companies(Services& services, Loop& loop, std::string named);

// `ponte user second-factor off`: whoever signs in with this e-mail needs no code any more. False:
// they needed none. Commits; throws 404.
Task<bool> forget_second_factor(Services& services, Loop& loop, std::string email);

// `ponte user password`: a link to choose a new one with, as the path of its page; or a new
// password at once, which ends every session. Both commit; they throw when nobody active has this
// e-mail.
Task<std::string> make_reset_link(Services& services, Loop& loop, std::string email);
Task<> reset_password(Services& services, Loop& loop, std::string email, std::string password);

}  // namespace ponte::accounts
