// Entities that no module knows and that are about contacts: what the contact's timeline tells of
// them, a declaration alone has said.
#pragma once

#include "kernel/app.hpp"
#include "kernel/records/write.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {

inline constexpr Field delivery_fields[] = {
    text("name").required().up_to(100),
    text("status").up_to(20).starts_as("draft"),
    link("contact_id", "contact").about(),
    link("payer_id", "contact").about(),
    link("after_id", "delivery").about(),
    text("code").up_to(60).seen_by("deliveries.secrets"),
    user("carrier"),
};
inline Task<> accept(Ctx& ctx, const records::Locked& before, const Values&) {
    Values values{{"status", "accepted"}};
    co_await ctx.update("delivery", before.id, std::move(values));
    ctx.emit("delivery.accepted", before.id);
}
inline constexpr Action delivery_actions[] = {action("accept", accept).needs("update")};
inline constexpr Entity delivery_entity{
    .name = "delivery",
    .table = "deliveries",
    .fields = delivery_fields,
    .actions = delivery_actions,
    .owner = "carrier",
    .can_be_imported = true,
};
static_assert(valid(delivery_entity));

// A part of a delivery that is about a contact of its own.
inline constexpr Field remark_fields[] = {
    link("delivery_id", "delivery").required().immutable(),
    link("contact_id", "contact").about(),
    long_text("words").required(),
};
inline constexpr Entity remark_entity{
    .name = "remark",
    .table = "remarks",
    .title = "words",
    .fields = remark_fields,
    .part_of = "delivery_id",
};
static_assert(valid(remark_entity));

// Whom a rumour is about, few may know; and nobody finds one in the search over everything.
inline constexpr Field rumour_fields[] = {
    text("name").required().searchable(),
    link("contact_id", "contact").about().seen_by("rumours.whom"),
};
inline constexpr Entity rumour_entity{
    .name = "rumour", .table = "rumours", .fields = rumour_fields};
static_assert(valid(rumour_entity));

inline void declare_deliveries(App& app) {
    app.entity(delivery_entity);
    app.entity(remark_entity);
    app.entity(rumour_entity);
}

// A table of records, with these columns of its own.
inline void create_table(Server& server, const std::string& table, const std::string& columns) {
    server.sql("create table " + table +
               " (tenant_id uuid not null default current_tenant(), "
               "id uuid not null default new_id(), " +
               columns +
               ", created_at timestamptz not null default now(), "
               "updated_at timestamptz not null default now(), created_by uuid, "
               "version bigint not null default 1, deleted_at timestamptz, "
               "primary key (tenant_id, id))");
    server.sql("call isolate_tenant('" + table + "')");
}

struct PostOffice {
    Server server{Server::usual_settings(), declare_deliveries};
    PostOffice() {
        create_table(server, "deliveries",
                     "name text not null, status text not null, contact_id uuid, payer_id uuid, "
                     "after_id uuid, code text, carrier uuid");
        create_table(server, "remarks",
                     "delivery_id uuid not null, contact_id uuid, words text not null");
        create_table(server, "rumours", "name text not null, contact_id uuid");
    }
};

inline PostOffice& post_office() {
    static PostOffice one;
    return one;
}

}  // namespace ponte::testing
