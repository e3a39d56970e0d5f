// Which account at a provider is whose. Everything here acts as the system.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/accounts/identity.hpp"

namespace ponte::accounts {

struct LinkedAccount {
    std::string provider, email, linked_at;
};
FIELDS(LinkedAccount, provider, email, linked_at);

Task<std::optional<Known>> find_linked(Ctx& ctx, std::string provider, std::string subject);
// In the transaction of `ctx`. Who had another account of this provider has this one now.
void link_account(Ctx& ctx, const Id& identity, const std::string& provider,
                  const std::string& subject, const std::string& email);
Task<std::vector<LinkedAccount>> linked_accounts(Ctx& ctx, Id user);
// False when there was none.
Task<bool> unlink_account(Ctx& ctx, Id user, std::string provider);

}  // namespace ponte::accounts
