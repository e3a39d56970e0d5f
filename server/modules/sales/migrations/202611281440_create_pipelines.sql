-- How a company sells: pipelines with their stages, and why it loses. A company is opened with the
-- first of them (for_system).
create table pipelines (
    tenant_id          uuid        not null default current_tenant(),
    id                 uuid        not null default new_id(),
    name               text        not null,
    description        text,
    search             text        generated always as (sort_key(name)) stored,
    created_at         timestamptz not null default now(),
    updated_at         timestamptz not null default now(),
    created_by         uuid,
    version            bigint      not null default 1,
    deleted_at         timestamptz,

    primary key (tenant_id, id),
    constraint pipelines__name__too_long
        check (char_length(name) <= 120),
    constraint pipelines__description__too_long
        check (char_length(description) <= 1000)
);
create unique index pipelines__name__taken on pipelines
    (tenant_id, sort_key(name)) where deleted_at is null;
create index pipelines_by_name on pipelines
    (tenant_id, sort_key(name), id) include (name) where deleted_at is null;
create index pipelines_by_creation on pipelines
    (tenant_id, created_at, id) where deleted_at is null;
create index pipelines_by_change on pipelines (tenant_id, updated_at, id) where deleted_at is null;
create index pipelines_by_fragment on pipelines using gin (tenant_id, search gin_trgm_ops);
call isolate_tenant('pipelines', for_system => true);

create table stages (
    tenant_id       uuid          not null default current_tenant(),
    id              uuid          not null default new_id(),
    pipeline_id     uuid          not null,
    name            text          not null,
    position        bigint,
    color           text          not null default 'gray',
    outcome         text          not null default 'open',
    probability     numeric(11,4),
    max_days        bigint,
    required_fields text[]        not null default '{}',
    search          text          generated always as (sort_key(name)) stored,
    created_at      timestamptz   not null default now(),
    updated_at      timestamptz   not null default now(),
    created_by      uuid,
    version         bigint        not null default 1,
    deleted_at      timestamptz,

    primary key (tenant_id, id),
    constraint stages__pipeline_id__not_found
        foreign key (tenant_id, pipeline_id) references pipelines,
    constraint stages__name__too_long
        check (char_length(name) <= 80),
    constraint stages__color__not_an_option
        check (color in ('gray', 'blue', 'green', 'amber', 'red', 'violet', 'teal', 'orange',
                         'pink')),
    constraint stages__outcome__not_an_option
        check (outcome in ('open', 'won', 'lost'))
);
create index stages_by_pipeline_id on stages
    (tenant_id, pipeline_id, created_at, id) where deleted_at is null;
create index stages_by_name on stages
    (tenant_id, sort_key(name), id) include (name) where deleted_at is null;
create index stages_by_position on stages
    (tenant_id, coalesce(position, -9223372036854775808), id) include (position)
    where deleted_at is null;
create index stages_by_outcome on stages (tenant_id, outcome, id) where deleted_at is null;
create index stages_by_creation on stages (tenant_id, created_at, id) where deleted_at is null;
create index stages_by_change on stages (tenant_id, updated_at, id) where deleted_at is null;
create index stages_by_fragment on stages using gin (tenant_id, search gin_trgm_ops);
call isolate_tenant('stages', for_system => true);

create table lost_reasons (
    tenant_id   uuid        not null default current_tenant(),
    id          uuid        not null default new_id(),
    name        text        not null,
    search      text        generated always as (sort_key(name)) stored,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    created_by  uuid,
    version     bigint      not null default 1,
    deleted_at  timestamptz,

    primary key (tenant_id, id),
    constraint lost_reasons__name__too_long
        check (char_length(name) <= 120)
);
create unique index lost_reasons__name__taken on lost_reasons
    (tenant_id, sort_key(name)) where deleted_at is null;
create index lost_reasons_by_name on lost_reasons
    (tenant_id, sort_key(name), id) include (name) where deleted_at is null;
create index lost_reasons_by_creation on lost_reasons
    (tenant_id, created_at, id) where deleted_at is null;
create index lost_reasons_by_change on lost_reasons
    (tenant_id, updated_at, id) where deleted_at is null;
create index lost_reasons_by_fragment on lost_reasons using gin (tenant_id, search gin_trgm_ops);
call isolate_tenant('lost_reasons', for_system => true);

-- Of a company's first day. Companies are opened by a module that knows nothing of sales, hence a
-- trigger: both exist, or neither does.
create function give_first_pipeline(company uuid) returns void language plpgsql as $$
declare
    first uuid := new_id();
begin
    -- bulk: what a company is born with has no history of its own.
    insert into pipelines (tenant_id, id, name) values (company, first, 'Comercial');
    insert into stages (tenant_id, pipeline_id, name, position, color, outcome, probability,
                        max_days, required_fields)
    values
        (company, first, 'Novo', 0, 'gray', 'open', 10, 7, '{}'),
        (company, first, 'Qualificação', 1, 'blue', 'open', 30, 10, '{}'),
        (company, first, 'Proposta', 2, 'violet', 'open', 50, 14, '{}'),
        (company, first, 'Negociação', 3, 'amber', 'open', 70, 14, '{}'),
        (company, first, 'Ganho', 4, 'green', 'won', 100, null, '{}'),
        (company, first, 'Perdido', 5, 'red', 'lost', 0, null, '{lost_reason_id}');
    insert into lost_reasons (tenant_id, name)
    select company, name
    from unnest(array['Preço', 'Concorrente', 'Sem orçamento', 'Sem resposta', 'Adiado',
                      'Não atende à necessidade']) as t (name);
end $$;

create function begin_with_a_pipeline() returns trigger language plpgsql as $$
begin
    perform give_first_pipeline(new.tenant_id);
    return null;
end $$;
create trigger begin_with_a_pipeline after insert on tenants
    for each row execute function begin_with_a_pipeline();

-- bulk: companies that were there before have it as well.
select give_first_pipeline(tenant_id) from tenants;
