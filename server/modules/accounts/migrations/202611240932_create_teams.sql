-- People who share their records: a role may reach what belongs to anybody of one's team.
create table teams (
    tenant_id  uuid        not null default current_tenant(),
    id         uuid        not null default new_id(),
    name       text        not null,
    search     text        generated always as (lower(f_unaccent(name))) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    created_by uuid,
    version    bigint      not null default 1,
    deleted_at timestamptz,

    primary key (tenant_id, id),
    constraint teams__name__too_long check (char_length(name) <= 100)
);
create unique index teams__name__taken on teams (tenant_id, lower(name)) where deleted_at is null;
create index teams_by_name on teams (tenant_id, sort_key(name), id);
create index teams_by_creation on teams (tenant_id, created_at, id);
create index teams_by_change on teams (tenant_id, updated_at, id);
call isolate_tenant('teams', for_system => true);
