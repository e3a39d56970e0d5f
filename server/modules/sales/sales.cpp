#include "modules/sales/sales.hpp"

#include "kernel/app.hpp"
#include "modules/sales/handover.hpp"
#include "modules/sales/product.hpp"
#include "modules/sales/proposal.hpp"
#include "modules/sales/proposal_document.hpp"
#include "modules/sales/proposal_item.hpp"

namespace ponte::sales {

void declare(App& app) {
    app.entity(product_entity);
    app.entity(proposal_item_entity);  // proposals consist of them
    app.entity(proposal_entity);
    app.entity(proposal_document_entity);
    app.notify("proposal.accepted", "proposal.accepted", owner_of_event).mailed();
    app.notify("proposal.rejected", "proposal.rejected", owner_of_event).mailed();
    app.on("contact.updated", "sales.hand_over_proposals", hand_over_proposals).each_of_bulks();
}

}  // namespace ponte::sales
