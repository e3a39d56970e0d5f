-- Labels with a colour, of the whole company: contacts carry their ids, people see their names.
create table tags (
    tenant_id  uuid        not null default current_tenant(),
    id         uuid        not null default new_id(),
    name       text        not null,
    color      text        not null default 'gray',
    search     text        generated always as (sort_key(name)) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    created_by uuid,
    version    bigint      not null default 1,
    deleted_at timestamptz,

    primary key (tenant_id, id),
    constraint tags__name__too_long check (char_length(name) <= 200),
    constraint tags__color__not_an_option check (
        color in ('gray', 'blue', 'green', 'amber', 'red', 'violet', 'teal', 'orange', 'pink'))
);
-- "VIP" and "vip" are one label.
create unique index tags__name__taken on tags (tenant_id, lower(name)) where deleted_at is null;
create index tags_by_name on tags (tenant_id, sort_key(name), id);
create index tags_by_creation on tags (tenant_id, created_at, id);
create index tags_by_change on tags (tenant_id, updated_at, id);
call isolate_tenant('tags');
