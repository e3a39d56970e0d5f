-- What a user may do is data of the company: {"contacts": {"read": "all", "update": "own"}}. The
-- built-in roles are rows too, written when the company opens.
create table roles (
    tenant_id   uuid        not null default current_tenant(),
    id          uuid        not null default new_id(),
    name        text        not null,
    label       text        not null,
    permissions jsonb       not null default '{}',
    is_built_in boolean     not null default false,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    created_by  uuid,
    version     bigint      not null default 1,
    deleted_at  timestamptz,

    primary key (tenant_id, id),
    constraint roles__name__taken unique (tenant_id, name),
    constraint roles__name__format check (name ~ '^[a-z][a-z0-9_]{1,39}$'),
    constraint roles__label__too_long check (char_length(label) <= 80),
    constraint roles__permissions__type check (jsonb_typeof(permissions) = 'object')
);
create index roles_by_name on roles (tenant_id, name, id);
create index roles_by_label on roles (tenant_id, label, id);
create index roles_by_creation on roles (tenant_id, created_at, id);
create index roles_by_change on roles (tenant_id, updated_at, id);
call isolate_tenant('roles', for_system => true);
