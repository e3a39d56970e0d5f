-- The log of everything that was written: history, undo, realtime and automations read it. Readers
-- follow (transaction, sequence): sequence numbers alone are taken before the commit, so that a
-- reader who counts them would step over what commits late.
create table events (
    tenant_id    uuid        not null default current_tenant(),
    sequence     bigint      not null generated always as identity,
    transaction  xid8        not null default pg_current_xact_id(),
    id           uuid        not null default new_id(),
    name         text        not null,
    entity       text        not null,
    entity_id    uuid        not null default '00000000-0000-0000-0000-000000000000',
    version      bigint      not null default 0,
    at           timestamptz not null default now(),
    actor_id     uuid,
    owner_id     uuid,
    operation_id uuid,
    changes      jsonb       not null default '{}',
    request_id   text,
    is_quiet     boolean     not null default false,

    -- One index serves as key and as the history of a record, read backwards: a million imported
    -- rows pay for each index.
    primary key (tenant_id, entity, entity_id, sequence)
);
create index events_in_order on events (transaction, sequence) where not is_quiet;
-- With the record, so that an undo walks on from where it stopped instead of sorting it all again.
create index events_by_operation on events (tenant_id, operation_id, entity_id)
    where operation_id is not null;
call isolate_system('events', 'select, insert');
