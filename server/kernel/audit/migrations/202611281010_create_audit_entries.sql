-- What is answered for, entered in one line a company: each entry's hash covers the one before it, so
-- that none can be changed, left out or put in without all that follow saying so. The program writes
-- it as the system; companies only read.
create table audit_entries (
    tenant_id    uuid        not null,
    number       bigint      not null,
    id           uuid        not null,
    at           timestamptz not null,
    name         text        not null,
    entity       text        not null,
    entity_id    uuid,
    actor_id     uuid,
    key_id       uuid,
    origin       bigint,
    operation_id uuid,
    version      bigint      not null,
    -- Where in the log its event stands, or where its fact waited.
    transaction  xid8        not null,
    sequence     bigint      not null,
    is_fact      boolean     not null,
    details      jsonb,       -- of a fact; what an event changed stands in the log
    content      text        not null,  -- digest of the event as it stood in the log
    batch        text        not null,  -- …and of the events that it sums up
    hash         text        not null,

    primary key (tenant_id, number)
);
create unique index audit_entries__sequence__taken on audit_entries (tenant_id, sequence) where not is_fact;
create index audit_entries_by_record on audit_entries (tenant_id, entity, entity_id, number);
create index audit_entries_by_actor on audit_entries (tenant_id, actor_id, number);
create index audit_entries_by_name on audit_entries (tenant_id, name, number);
create index audit_entries_by_time on audit_entries (tenant_id, at);
call isolate_system('audit_entries', 'select');

-- Where each company's line ends, and what was found when it was last walked.
create table audit_chains (
    tenant_id       uuid        not null,
    number          bigint      not null,
    hash            text        not null,
    entered_at      timestamptz not null default now(),
    verified_at     timestamptz,
    verified_number bigint,
    fault           text,
    fault_number    bigint,

    primary key (tenant_id)
);
call isolate_system('audit_chains', 'select');

-- How far the log has been entered, of all companies.
create table audit_position (
    is_only     boolean not null default true,
    transaction xid8    not null,
    sequence    bigint  not null,

    primary key (is_only),
    constraint audit_position__is_only__not_an_option check (is_only)
);
insert into audit_position (transaction, sequence) values ('0', 0);
call isolate_system('audit_position');
