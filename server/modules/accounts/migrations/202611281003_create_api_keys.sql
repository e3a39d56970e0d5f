-- What scripts show instead of somebody's password. A key acts for who made it, within its scopes; only
-- a keyed digest of it is here, by which it is found.
create table api_keys (
    tenant_id           uuid        not null default current_tenant(),
    id                  uuid        not null default new_id(),
    name                text        not null,
    scopes              jsonb       not null,
    expires_at          timestamptz,
    requests_per_minute bigint      not null default 600,
    status              text        not null default 'active',
    hint                text,
    digest              text,
    last_used_at        timestamptz,
    last_used_address   text,
    revoked_at          timestamptz,
    created_at          timestamptz not null default now(),
    updated_at          timestamptz not null default now(),
    created_by          uuid,
    version             bigint      not null default 1,
    deleted_at          timestamptz,

    primary key (tenant_id, id),
    constraint api_keys__digest__taken unique (tenant_id, digest),
    constraint api_keys__name__too_long check (char_length(name) <= 80),
    constraint api_keys__scopes__type check (jsonb_typeof(scopes) = 'array'),
    constraint api_keys__status__not_an_option check (status in ('active', 'revoked'))
);
create index api_keys_by_name on api_keys (tenant_id, sort_key(name), id);
create index api_keys_by_creation on api_keys (tenant_id, created_at, id);
create index api_keys_by_change on api_keys (tenant_id, updated_at, id);
call isolate_tenant('api_keys', for_system => true);

-- Whence each was used, so that a new place can be told.
create table api_key_addresses (
    tenant_id uuid        not null default current_tenant(),
    key_id    uuid        not null,
    address   text        not null,
    seen_at   timestamptz not null,

    primary key (tenant_id, key_id, address),
    constraint api_key_addresses__key_id__not_found
        foreign key (tenant_id, key_id) references api_keys on delete cascade
);
create index api_key_addresses_by_age on api_key_addresses (seen_at);
call isolate_tenant('api_key_addresses', for_system => true);
