// An entity that no module knows: with rights of its own, a secret that few see, and a value that
// few change. What it may be proves that a declaration is enough.
#pragma once

#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {

inline constexpr Field ship_fields[] = {
    text("name").required().length(2, 100).sorted_as_name(),
    text("code").up_to(60).starts_as("none").seen_by("ships.secrets").changed_by("ships.secrets"),
    integer("draught").changed_by("ships.loading").personal(),
    user("captain"),
};
inline Task<> sink(Ctx&, const records::Locked&, const Values&) { co_return; }
inline constexpr Action ship_actions[] = {action("sink", sink)};
inline constexpr Entity ship_entity{
    .name = "ship",
    .table = "ships",
    .fields = ship_fields,
    .actions = ship_actions,
    .owner = "captain",
    .rights =
        "supervisor: read create update delete import secrets | "
        "agent: read create update:own | sales: read:team sink",
    .can_be_imported = true,
};
static_assert(valid(ship_entity));

inline void declare_ship(App& app) { app.entity(ship_entity); }

struct Harbour {
    Server server{Server::usual_settings(), declare_ship};
    Harbour() {
        server.sql(
            "create table ships (tenant_id uuid not null default current_tenant(), "
            "id uuid not null default new_id(), name text not null, code text, draught bigint, "
            "captain uuid, created_at timestamptz not null default now(), "
            "updated_at timestamptz not null default now(), created_by uuid, "
            "version bigint not null default 1, deleted_at timestamptz, "
            "primary key (tenant_id, id))");
        server.sql("call isolate_tenant('ships')");
    }
};

inline Harbour& harbour() {
    static Harbour one;
    return one;
}

}  // namespace ponte::testing
