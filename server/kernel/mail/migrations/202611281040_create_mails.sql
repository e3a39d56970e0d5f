-- Mail that was written, and what became of it. What it says is sealed, and gone once it is sent.
create table mails (
    tenant_id   uuid        not null default current_tenant(),
    id          uuid        not null default new_id(),
    to_address  text        not null,
    to_name     text,
    subject     text        not null,
    kind        text        not null,
    state       text        not null default 'waiting',
    tries       bigint      not null default 0,
    problem     text,
    sent_at     timestamptz,
    next_try_at timestamptz,
    content     text,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    created_by  uuid,
    version     bigint      not null default 1,

    primary key (tenant_id, id)
);
create index mails_by_state on mails (tenant_id, state, id);
create index mails_by_creation on mails (tenant_id, created_at, id);
create index mails_by_change on mails (tenant_id, updated_at, id);
call isolate_tenant('mails', for_system => true);
