#include "modules/accounts/built_in_roles.hpp"

#include "kernel/app.hpp"

namespace ponte::accounts {
namespace {

using Extent = Rights::Extent;

constexpr BuiltInRole all_roles[] = {
    {"admin", "Administrador", Extent::everything},
    {"supervisor", "Supervisor", Extent::declared},
    {"agent", "Atendente", Extent::declared},
    {"sales", "Vendas", Extent::declared},
    {"readonly", "Somente leitura", Extent::reading},
};

}  // namespace

std::span<const BuiltInRole> built_in_roles() { return all_roles; }

void declare_built_in_roles(App& app) {
    for (const BuiltInRole& role : all_roles) {
        app.role(role.name, role.extent);
    }
}

}  // namespace ponte::accounts
