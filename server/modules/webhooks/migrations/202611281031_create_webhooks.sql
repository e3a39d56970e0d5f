-- Addresses that are told what happens in a company.
create table webhooks (
    tenant_id           uuid        not null default current_tenant(),
    id                  uuid        not null default new_id(),
    name                text,
    url                 text        not null,
    events              jsonb       not null,
    method              text        not null default 'POST',
    active              boolean     not null default true,
    secret              text,
    signature_version   text        not null default '1',
    paused_for          text,
    paused_at           timestamptz,
    former_secret       text,
    former_secret_until timestamptz,
    created_at          timestamptz not null default now(),
    updated_at          timestamptz not null default now(),
    created_by          uuid,
    version             bigint      not null default 1,
    deleted_at          timestamptz,

    primary key (tenant_id, id)
);
create index webhooks_by_creation on webhooks (tenant_id, created_at, id) where deleted_at is null;
create index webhooks_by_change on webhooks (tenant_id, updated_at, id) where deleted_at is null;
call isolate_tenant('webhooks');

-- What is told: one row for an event and an address, written with the listener's position in the
-- log, kept with what became of it. `place` is the order in which it happened.
create table webhook_deliveries (
    tenant_id  uuid        not null default current_tenant(),
    id         uuid        not null default new_id(),
    place      bigint      not null generated always as identity,
    webhook_id uuid        not null,
    event_id   uuid        not null,
    event      text        not null,
    entity     text        not null,
    entity_id  uuid        not null,
    at         timestamptz not null,
    data       text        not null,
    changes    text        not null default '{}',
    state      text        not null default 'waiting',
    tries      integer     not null default 0,
    due_at     timestamptz not null default now(),
    status     integer,
    trouble    text,
    answer     text,
    log        jsonb       not null default '[]',
    created_at timestamptz not null default now(),
    done_at    timestamptz,

    primary key (tenant_id, id),
    constraint webhook_deliveries__webhook_id__not_found
        foreign key (tenant_id, webhook_id) references webhooks on delete cascade,
    constraint webhook_deliveries__state__not_an_option
        check (state in ('waiting', 'delivered', 'dead'))
) with (
    fillfactor = 80,
    autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0
);
create index webhook_deliveries_waiting on webhook_deliveries (tenant_id, webhook_id, place)
    where state = 'waiting';
create index webhook_deliveries_in_turn on webhook_deliveries
    (tenant_id, webhook_id, entity_id, place) where state = 'waiting';
create index webhook_deliveries_by_place on webhook_deliveries (tenant_id, webhook_id, place);
create index webhook_deliveries_by_age on webhook_deliveries (created_at);
call isolate_tenant('webhook_deliveries', for_system => true);

-- How an address has answered lately, and which job sends to it.
create table webhook_health (
    tenant_id     uuid        not null default current_tenant(),
    webhook_id    uuid        not null,
    failures      integer     not null default 0,
    failing_since timestamptz,
    resting_until timestamptz,
    sender        uuid,  -- the job

    primary key (tenant_id, webhook_id),
    constraint webhook_health__webhook_id__not_found
        foreign key (tenant_id, webhook_id) references webhooks on delete cascade
);
call isolate_tenant('webhook_health');
