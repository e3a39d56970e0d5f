// What a company decides about its customers.
#include "modules/customers/settings.hpp"

#include "kernel/app.hpp"

namespace ponte::customers {
namespace {

// What happens when a contact gets what another one has already. The functions of the
// migrations read these choices, too, and know the default.
constexpr std::string_view policies = "warn | block | allow";

constexpr Field fields[] = {
    integer("new_contact_days").between(1, 365).starts_as("30"),
    choice("duplicate_phones", policies).starts_as("warn"),
    choice("duplicate_emails", policies).starts_as("warn"),
    choice("duplicate_documents", policies).starts_as("warn"),
};

}  // namespace

void declare_settings(App& app) { app.module_settings("customers", fields); }

Task<bool> may_share(Ctx& ctx, std::string kind) {
    const Json policy = co_await ctx.setting("customers.duplicate_" + kind + "s");
    co_return policy.as_string() == "allow";
}

}  // namespace ponte::customers
