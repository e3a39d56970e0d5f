#include "modules/sales/sales.hpp"

#include "kernel/app.hpp"
#include "modules/sales/handover.hpp"
#include "modules/sales/lead.hpp"
#include "modules/sales/lead_turn.hpp"
#include "modules/sales/lost_reason.hpp"
#include "modules/sales/opportunity.hpp"
#include "modules/sales/opportunity_parts.hpp"
#include "modules/sales/pipeline.hpp"
#include "modules/sales/product.hpp"
#include "modules/sales/proposal.hpp"
#include "modules/sales/proposal_document.hpp"
#include "modules/sales/proposal_item.hpp"
#include "modules/sales/score_rule.hpp"
#include "modules/sales/scoring.hpp"
#include "modules/sales/stage.hpp"

namespace ponte::sales {

void declare(App& app) {
    declare_pipeline_routes(app);  // before the entities: the first declaration of a route wins
    declare_opportunity_routes(app);
    app.entity(product_entity);
    app.entity(pipeline_entity);
    app.entity(stage_entity);
    app.entity(lost_reason_entity);
    app.entity(opportunity_item_entity);
    app.entity(opportunity_contact_entity);
    app.entity(opportunity_entity);
    app.entity(score_rule_entity);
    app.entity(lead_turn_entity);
    app.entity(lead_entity);
    app.job("sales.score_leads", score_leads);
    app.job("sales.score_daily", score_daily).at("04:10");
    app.on("score_rule.*", "sales.score_again", score_again);
    app.entity(proposal_item_entity);  // proposals consist of them
    app.entity(proposal_entity);
    app.entity(proposal_document_entity);
    app.notify("proposal.accepted", "proposal.accepted", owner_of_event).mailed();
    app.notify("proposal.rejected", "proposal.rejected", owner_of_event).mailed();
    app.on("contact.updated", "sales.hand_over_proposals", hand_over_proposals).each_of_bulks();
    app.on("contact.updated", "sales.hand_over_opportunities", hand_over_opportunities)
        .each_of_bulks();
}

}  // namespace ponte::sales
