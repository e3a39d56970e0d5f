-- What others have told us, before anybody has looked at it.
create table inbound_entries (
    tenant_id     uuid        not null default current_tenant(),
    id            uuid        not null default new_id(),
    place         bigint      not null generated always as identity,
    vendor        text        not null,
    connection_id uuid        not null,
    external_id   text        not null,
    order_key     text        not null,
    body          text        not null,
    is_base64     boolean     not null default false,  -- what is no text
    state         text        not null default 'waiting',
    tries         integer     not null default 0,
    due_at        timestamptz not null default now(),
    error         text,
    received_at   timestamptz not null default now(),
    done_at       timestamptz,

    primary key (tenant_id, id),
    constraint inbound_entries__state__not_an_option check (state in ('waiting', 'done', 'failed'))
) with (
    fillfactor = 80,
    autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0
);
create unique index inbound_entries__external_id__taken on inbound_entries
    (tenant_id, vendor, connection_id, external_id);
create index inbound_entries_waiting on inbound_entries (tenant_id, vendor, connection_id, place)
    where state = 'waiting';
create index inbound_entries_in_turn on inbound_entries
    (tenant_id, vendor, connection_id, order_key, place) where state = 'waiting';
create index inbound_entries_by_place on inbound_entries (tenant_id, place);
create index inbound_entries_by_age on inbound_entries (received_at);
call isolate_tenant('inbound_entries', for_system => true);
