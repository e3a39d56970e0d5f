// A company opens: its row, its roles, its first administrator. All of it exists together or not at
// all, so two people who register one e-mail at the same time leave one company behind.
#include "kernel/app.hpp"
#include "kernel/records.hpp"
#include "modules/accounts/accounts.hpp"
#include "modules/accounts/built_in_roles.hpp"
#include "modules/accounts/identity.hpp"
#include "modules/accounts/input.hpp"
#include "modules/accounts/new_login.hpp"
#include "modules/accounts/user.hpp"

namespace ponte::accounts {
namespace {

constexpr Field company_fields[] = {
    text("company").required().length(2, 255),
    text("name").required().length(2, 255),
    email("email").required(),
};

constexpr Field colleague_fields[] = {
    text("name").required().length(2, 255),
    email("email").required(),
};

constexpr std::size_t longest_slug = 80;
constexpr int slug_tries = 8;

// "Padaria São João & Cia." → "padaria-sao-joao-cia"
std::string slug_of(const std::string& company) {
    std::string slug;
    for (const char c : folded(company)) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is_plain) {
            slug.push_back(c);
        } else if (!slug.empty() && slug.back() != '-') {
            slug.push_back('-');
        }
    }
    slug = slug.substr(0, longest_slug);
    while (!slug.empty() && slug.back() == '-') {
        slug.pop_back();
    }
    return slug.empty() ? "empresa" : slug;
}

Task<> insert_tenant(Ctx& ctx, std::string name) {
    const std::string slug = slug_of(name);
    for (int i = 0; i < slug_tries; ++i) {
        const std::string ending = "-" + ctx.who.tenant.text().substr(24 + i, 4);
        const std::string candidate = i == 0 ? slug : slug + ending;
        db::Params params{name, candidate};
        const db::Rows rows = co_await ctx.tx.query(
            "insert into tenants (name, slug) values ($1, $2) "
            "on conflict (slug) do nothing returning 1",
            std::move(params));
        if (!rows.empty()) {
            co_return;
        }
    }
    throw invalid("company", "taken");
}

void queue_roles(Ctx& ctx) {
    for (const BuiltInRole& role : built_in_roles()) {
        // bulk: the roles that a company is born with have no history of their own.
        ctx.tx.queue("insert into roles (name, label, is_built_in) values ($1, $2, true)",
                     {role.name, role.label});
    }
}

void act_as_new_tenant(Ctx& ctx, const Id& tenant) {
    ctx.enter_as_system(tenant);
    ctx.tx.act_as({db::Role::system, tenant});
}

}  // namespace

Task<Member> open_company(Ctx& ctx, NewCompany input) {
    const Json body = Json::object({{"company", input.company},
                                    {"name", input.name},
                                    {"email", input.email},
                                    {"password", input.password}});
    Problems no_problems_yet;
    NewLogin login =
        co_await check_new_login(ctx, company_fields, body, std::move(no_problems_yet));

    const Id tenant = Id::make();
    act_as_new_tenant(ctx, tenant);
    co_await insert_tenant(ctx, text_of(login.values, "company"));
    queue_roles(ctx);
    ctx.emit("tenant.created", tenant);
    const UserDraft admin{text_of(login.values, "name"), login.email, "admin", {}, true};
    const Id user = co_await insert_user(ctx, admin, std::move(login.password_hash), false);
    if (is_stranger(ctx)) {
        doubt_email(ctx, user);
    }
    ctx.enter(tenant, user);
    co_return Member{tenant, user};
}

Task<Id> add_colleague(Ctx& ctx, NewUser input) {
    const Json body =
        Json::object({{"name", input.name}, {"email", input.email}, {"password", input.password}});
    Problems no_problems_yet;
    NewLogin login =
        co_await check_new_login(ctx, colleague_fields, body, std::move(no_problems_yet));

    ctx.tx.act_as({db::Role::system, ctx.who.tenant});
    const UserDraft draft{text_of(login.values, "name"), login.email, input.role, {}, true};
    const Id user =
        co_await insert_user(ctx, draft, std::move(login.password_hash), input.is_operator);
    co_return user;
}

Task<std::vector<KnownCompany>> find_companies(Services& services, Loop& loop, std::string named) {
    const db::Scope scope{db::Role::system, {}};
    db::Params params{std::move(named)};
    const db::Rows rows = co_await services.database().query(
        loop, scope,
        "select tenant_id as id, name from tenants "
        "where $1 in ('', slug, name, tenant_id::text) order by created_at",
        std::move(params));
    std::vector<KnownCompany> found;
    for (int row = 0; row < rows.size(); ++row) {
        found.push_back(db::read_row<KnownCompany>(rows, row));
    }
    co_return found;
}

Task<Member> add_user(Services& services, Loop& loop, std::string company, NewUser input) {
    Ctx ctx(services, loop);
    ctx.now = now();
    const db::Scope scope{db::Role::system, {}};
    db::Params params{company};
    const db::Rows rows = co_await services.database().query(
        loop, scope,
        "select tenant_id from tenants where slug = $1 or name = $1 order by created_at limit 1",
        std::move(params));
    Member member;
    if (rows.empty()) {
        NewCompany opening{company, input.name, input.email, input.password};
        member = co_await open_company(ctx, std::move(opening));
        if (input.is_operator) {
            ctx.tx.queue("update identities set is_operator = true where lower(email) = lower($1)",
                         {input.email});
        }
    } else {
        const Id tenant = db::read_row<Id>(rows, 0);
        act_as_new_tenant(ctx, tenant);
        const Id user = co_await add_colleague(ctx, std::move(input));
        member = Member{tenant, user};
    }
    co_await ctx.tx.commit();
    co_return member;
}

}  // namespace ponte::accounts
