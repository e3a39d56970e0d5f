#include "modules/accounts/built_in_roles.hpp"

#include <initializer_list>

#include "kernel/app.hpp"
#include "kernel/entities/catalogue.hpp"

namespace ponte::accounts {
namespace {

constexpr std::string_view without_entity[] = {"imports", "operations", "jobs", "tenant"};
constexpr std::string_view all_actions[] = {"read",   "create", "update",
                                            "delete", "import", "manage"};

using Resources = std::vector<std::string>;

using Names = std::initializer_list<std::string_view>;

void grant(Permissions& out, Names resources, Names actions, Reach reach = Reach::all) {
    for (const auto resource : resources) {
        for (const auto action : actions) {
            out.grant(resource, action, reach);
        }
    }
}

// Colleagues, teams, roles and the company's settings: everybody sees with whom they work.
void grant_company(Permissions& out) {
    grant(out, {"users", "teams", "roles", "custom_fields", "tenant", "tags"}, {"read"});
}

Permissions of_admin(const Resources& resources) {
    Permissions out;
    for (const auto& resource : resources) {
        for (const auto action : all_actions) {
            out.grant(resource, action, Reach::all);
        }
    }
    return out;
}

Permissions of_supervisor(const Resources&) {
    Permissions out;
    grant_company(out);
    grant(out, {"contacts"}, {"read", "create", "update", "delete", "import"});
    grant(out, {"tags", "notes", "teams"}, {"read", "create", "update", "delete"});
    grant(out, {"imports", "operations"}, {"read", "create", "update", "manage"});
    return out;
}

Permissions of_agent(const Resources&) {
    Permissions out;
    grant_company(out);
    grant(out, {"contacts"}, {"read", "create", "update"});
    grant(out, {"notes"}, {"read", "create"});
    grant(out, {"notes"}, {"update", "delete"}, Reach::own);
    grant(out, {"tags"}, {"create"});
    grant(out, {"operations"}, {"read", "create", "update"}, Reach::own);
    return out;
}

Permissions of_sales(const Resources&) {
    Permissions out;
    grant_company(out);
    grant(out, {"contacts", "notes"}, {"read", "create"});
    grant(out, {"contacts", "notes"}, {"update", "delete"}, Reach::own);
    grant(out, {"tags"}, {"create"});
    grant(out, {"operations"}, {"read", "create", "update"}, Reach::own);
    return out;
}

Permissions of_reader(const Resources& resources) {
    Permissions out;
    for (const auto& resource : resources) {
        if (resource != "jobs") {
            out.grant(resource, "read", Reach::all);
        }
    }
    return out;
}

constexpr BuiltInRole all_roles[] = {
    {"admin", "Administrador", of_admin},       {"supervisor", "Supervisor", of_supervisor},
    {"agent", "Atendente", of_agent},           {"sales", "Vendas", of_sales},
    {"readonly", "Somente leitura", of_reader},
};

}  // namespace

std::span<const BuiltInRole> built_in_roles() { return all_roles; }
std::span<const std::string_view> permission_actions() { return all_actions; }

std::vector<std::string> permission_resources(App& app) {
    Resources found(std::begin(without_entity), std::end(without_entity));
    for (const auto& kind : app.entities().all()) {
        found.push_back(kind->resource);
    }
    return found;
}

}  // namespace ponte::accounts
