#include "modules/webhooks/webhooks.hpp"

#include "kernel/app.hpp"
#include "modules/webhooks/deliver.hpp"
#include "modules/webhooks/deliveries.hpp"
#include "modules/webhooks/n8n.hpp"
#include "modules/webhooks/note.hpp"
#include "modules/webhooks/webhook.hpp"

namespace ponte::webhooks {

void declare(App& app) {
    app.entity(webhook_entity);
    declare_webhook_routes(app);
    declare_delivery_routes(app);
    declare_delivering(app);
    app.notify("webhook.paused", "webhook.paused").to_holders_of("webhooks.update").mailed();
    declare_integration(app, n8n);
    app.on_all("*", "webhooks.note", note_deliveries)
        .each_of_bulks()
        .needed_when(has_subscriptions);
}

}  // namespace ponte::webhooks
