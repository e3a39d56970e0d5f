-- What must be answered for and is no change of a record: sign-ins, downloads, keys from a new address.
-- It waits here, written with what it tells of, until it is entered into the chain of its company.
create table audit_waiting (
    tenant_id    uuid        not null default current_tenant(),
    transaction  xid8        not null default pg_current_xact_id(),
    sequence     bigint      not null generated always as identity,
    id           uuid        not null default new_id(),
    at           timestamptz not null,
    name         text        not null,
    entity       text        not null,
    entity_id    uuid,
    actor_id     uuid,
    key_id       uuid,
    origin       bigint,
    operation_id uuid,
    details      jsonb       not null default '{}',

    primary key (transaction, sequence)
);
call isolate_system('audit_waiting', 'insert');
