-- By which API key something was done, and whence. An address and an agent are long and the same all
-- day: each event holds a number that a row a company, address and agent explains.
alter table events add column key_id uuid;
alter table events add column origin bigint;

create table origins (
    tenant_id  uuid        not null default current_tenant(),
    id         bigint      not null,
    address    text        not null,
    agent      text        not null,
    created_at timestamptz not null default now(),

    primary key (tenant_id, id)
);
call isolate_system('origins', 'select, insert');
