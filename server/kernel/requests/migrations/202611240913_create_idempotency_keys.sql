-- The answer to a POST with an Idempotency-Key, so that a repeated request changes nothing twice.
create table idempotency_keys (
    tenant_id    uuid        not null default current_tenant(),
    user_id      uuid        not null,
    key          text        not null,
    request_hash text        not null,
    status       int         not null,
    headers      jsonb       not null default '{}',
    body         text        not null,
    created_at   timestamptz not null default now(),

    constraint idempotency_keys__idempotency_key__taken primary key (tenant_id, user_id, key),
    constraint idempotency_keys__key__too_long check (char_length(key) <= 200)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
call isolate_system('idempotency_keys', 'select, insert, delete');
