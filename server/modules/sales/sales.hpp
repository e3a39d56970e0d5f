// What a company sells and what it offers to whom. Owns the tables products, proposals and
// proposal_items. Other modules know a proposal by its id, speak to it through the entity
// `proposal` and hear `proposal.sent`, `proposal.accepted` and `proposal.rejected`.
#pragma once

namespace ponte {
class App;
}

namespace ponte::sales {

void declare(App& app);

}  // namespace ponte::sales
