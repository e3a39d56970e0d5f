// What looks after deliveries by the clock: lost wake-ups are made up for, a month is enough.
#include "modules/webhooks/tests/given.hpp"

namespace ponte::webhooks {
namespace {

using testing::Receiver;
using testing::server;

class UpkeepTest : public WebhookTest {
protected:
    // As the clock would.
    static void run(const std::string& kind) {
        server().sql("insert into jobs (tenant_id, kind) values (null, $1)", {kind});
        server().services().jobs().wake();
        testing::until(
            [&] {
                return server().number("select count(*) from jobs where kind = $1", {kind}) == 0;
            },
            kind + " to end");
    }
};

TEST_F(UpkeepTest, a_delivery_that_nobody_was_woken_for_is_sent) {
    Receiver receiver;
    const Subscribed hook = subscribe(receiver.url());
    server().sql(
        "insert into webhook_deliveries (tenant_id, webhook_id, event_id, event, entity, "
        "entity_id, at, data, due_at) values ($1, $2, new_id(), 'contact.created', 'contact', "
        "new_id(), now(), '{}', now() - interval '2 minutes')",
        {company.id(), hook.id});

    run("webhooks.sweep");

    until_got(receiver, 1);
}

TEST_F(UpkeepTest, what_is_a_month_old_is_forgotten) {
    Receiver receiver;
    const Subscribed hook = subscribe(receiver.url());
    contact("Antiga");
    contact("Nova");
    testing::until([&] { return deliveries(hook, "delivered").items().size() == 2; }, "both");
    server().sql(
        "update webhook_deliveries set created_at = now() - interval '31 days' "
        "where webhook_id = $1 and data like '%Antiga%'",
        {hook.id});

    run("webhooks.forget");

    EXPECT_EQ(deliveries(hook).items().size(), 1u);
}

}  // namespace
}  // namespace ponte::webhooks
