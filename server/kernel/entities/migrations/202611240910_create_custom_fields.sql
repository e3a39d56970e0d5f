-- What a company adds to an entity without code: the same Field, stored as data.
create table custom_fields (
    tenant_id     uuid        not null default current_tenant(),
    id            uuid        not null default new_id(),
    entity        text        not null,
    key           text        not null,
    name          text        not null,
    type          text        not null,
    required      boolean     not null default false,
    options       jsonb       not null default '[]',
    default_value jsonb,
    position      bigint      not null default 0,
    search        text        generated always as (lower(f_unaccent(name || ' ' || key))) stored,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    created_by    uuid,
    version       bigint      not null default 1,
    deleted_at    timestamptz,

    primary key (tenant_id, id),
    constraint custom_fields__name__too_long check (char_length(name) <= 100),
    constraint custom_fields__key__format check (key ~ '^[a-z][a-z0-9_]{0,62}$')
);
create unique index custom_fields__key__taken
    on custom_fields (tenant_id, entity, key) where deleted_at is null;
create index custom_fields_by_position
    on custom_fields (tenant_id, coalesce(position, -9223372036854775808), id)
    where deleted_at is null;
create index custom_fields_by_name on custom_fields (tenant_id, sort_key(name), id)
    where deleted_at is null;
create index custom_fields_by_creation on custom_fields (tenant_id, created_at, id)
    where deleted_at is null;
create index custom_fields_by_change on custom_fields (tenant_id, updated_at, id)
    where deleted_at is null;
call isolate_tenant('custom_fields', for_system => true);
