-- A person within a company. Without an identity nobody can sign in as this user.
create table users (
    tenant_id     uuid        not null default current_tenant(),
    id            uuid        not null default new_id(),
    identity_id   uuid,
    name          text        not null,
    email         text        not null,
    role          text        not null default 'agent',
    team_id       uuid,
    active        boolean     not null default true,
    language      text,
    preferences   jsonb       not null default '{}',
    last_login_at timestamptz,
    search        text        generated always as (lower(f_unaccent(name || ' ' || email))) stored,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    created_by    uuid,
    version       bigint      not null default 1,
    deleted_at    timestamptz,

    primary key (tenant_id, id),
    constraint users__identity_id__not_found foreign key (identity_id) references identities,
    constraint users__role__not_found foreign key (tenant_id, role) references roles (tenant_id, name),
    constraint users__team_id__not_found foreign key (tenant_id, team_id) references teams,
    constraint users__name__too_long check (char_length(name) <= 255),
    constraint users__email__too_long check (char_length(email) <= 254),
    constraint users__language__not_an_option check (language in ('pt-BR', 'en')),
    constraint users__preferences__too_large check (octet_length(preferences::text) <= 16384)
);
create unique index users__email__taken on users (tenant_id, lower(email));
create index users_by_identity on users (identity_id);
create index users_by_team on users (tenant_id, team_id);
create index users_by_name on users (tenant_id, sort_key(name), id);
create index users_by_email on users (tenant_id, email, id);
create index users_by_creation on users (tenant_id, created_at, id);
create index users_by_change on users (tenant_id, updated_at, id);
call isolate_tenant('users', for_system => true);
