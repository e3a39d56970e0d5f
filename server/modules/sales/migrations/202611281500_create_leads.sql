-- Somebody's interest: where it came from, how good it looks and why, and what became of it.
create table leads (
    tenant_id      uuid        not null default current_tenant(),
    id             uuid        not null default new_id(),
    name           text        not null,
    email          text,
    phone          text,
    company        text,
    cnpj           text,
    status         text        not null default 'new',
    score          bigint      not null default 0,
    score_reasons  jsonb,
    assigned_to    uuid,
    tags           uuid[]      not null default '{}',
    interest       text,
    origin         text        not null default 'manual',
    source         text,
    campaign       text,
    source_url     text,
    source_data    jsonb,
    job_title      text,
    website        text,
    address        text,
    city           text,
    state          text,
    country        text,
    contact_id     uuid,
    opportunity_id uuid,
    converted_at   timestamptz,
    custom         jsonb       not null default '{}',
    search         text        generated always as (sort_key(
        name || coalesce(' ' || email, '') || coalesce(' ' || phone, '')
        || coalesce(' ' || company, '') || coalesce(' ' || cnpj, ''))) stored,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    created_by     uuid,
    version        bigint      not null default 1,
    deleted_at     timestamptz,

    primary key (tenant_id, id),
    constraint leads__name__too_long
        check (char_length(name) <= 255),
    constraint leads__email__too_long
        check (char_length(email) <= 254),
    constraint leads__phone__too_long
        check (char_length(phone) <= 40),
    constraint leads__company__too_long
        check (char_length(company) <= 255),
    constraint leads__status__not_an_option
        check (status in ('new', 'contacted', 'qualified', 'converted', 'lost')),
    constraint leads__assigned_to__not_found
        foreign key (tenant_id, assigned_to) references users,
    constraint leads__interest__too_long
        check (char_length(interest) <= 5000),
    constraint leads__origin__not_an_option
        check (origin in ('manual', 'csv', 'api', 'form', 'dinamize', 'channel')),
    constraint leads__source__too_long
        check (char_length(source) <= 60),
    constraint leads__campaign__too_long
        check (char_length(campaign) <= 100),
    constraint leads__source_url__too_long
        check (char_length(source_url) <= 2048),
    constraint leads__job_title__too_long
        check (char_length(job_title) <= 120),
    constraint leads__website__too_long
        check (char_length(website) <= 2048),
    constraint leads__address__too_long
        check (char_length(address) <= 500),
    constraint leads__city__too_long
        check (char_length(city) <= 100),
    constraint leads__state__too_long
        check (char_length(state) <= 100),
    constraint leads__country__too_long
        check (char_length(country) <= 2),
    constraint leads__contact_id__not_found
        foreign key (tenant_id, contact_id) references contacts,
    constraint leads__opportunity_id__not_found
        foreign key (tenant_id, opportunity_id) references opportunities
);
create index leads_by_assigned_to on leads
    (tenant_id, assigned_to, created_at, id) where deleted_at is null;
create index leads_by_tags on leads using gin (tenant_id, tags);
create index leads_by_contact_id on leads
    (tenant_id, contact_id, created_at, id) where deleted_at is null;
create index leads_by_opportunity_id on leads
    (tenant_id, opportunity_id, created_at, id) where deleted_at is null;
create index leads_by_name on leads
    (tenant_id, sort_key(name), id) include (name) where deleted_at is null;
create index leads_by_email on leads
    (tenant_id, coalesce(email, ''), id) include (email) where deleted_at is null;
create index leads_by_company on leads
    (tenant_id, sort_key(coalesce(company, '')), id) include (company) where deleted_at is null;
create index leads_by_status on leads (tenant_id, status, id) where deleted_at is null;
create index leads_by_score on leads (tenant_id, score, id) where deleted_at is null;
create index leads_by_origin on leads (tenant_id, origin, id) where deleted_at is null;
create index leads_by_converted_at on leads
    (tenant_id, coalesce(converted_at, '-infinity'::timestamptz), id) include (converted_at)
    where deleted_at is null;
create index leads_by_creation on leads (tenant_id, created_at, id) where deleted_at is null;
create index leads_by_change on leads (tenant_id, updated_at, id) where deleted_at is null;
create index leads_by_fragment on leads using gin (tenant_id, search gin_trgm_ops);
call count_by('leads', 'status');
call isolate_tenant('leads');

-- What makes a lead look good; a company begins with some.
create table score_rules (
    tenant_id  uuid        not null default current_tenant(),
    id         uuid        not null default new_id(),
    name       text        not null,
    field      text        not null,
    question   text        not null default 'filled',
    value      text,
    points     bigint      not null,
    is_active  boolean     not null default true,
    search     text        generated always as (sort_key(name)) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    created_by uuid,
    version    bigint      not null default 1,
    deleted_at timestamptz,

    primary key (tenant_id, id),
    constraint score_rules__name__too_long
        check (char_length(name) <= 120),
    constraint score_rules__field__too_long
        check (char_length(field) <= 100),
    constraint score_rules__question__not_an_option
        check (question in ('filled', 'empty', 'is', 'contains', 'at_least', 'within_days')),
    constraint score_rules__value__too_long
        check (char_length(value) <= 200)
);
create index score_rules_by_name on score_rules
    (tenant_id, sort_key(name), id) include (name) where deleted_at is null;
create index score_rules_by_points on score_rules (tenant_id, points, id) where deleted_at is null;
create index score_rules_by_is_active on score_rules
    (tenant_id, is_active, id) where deleted_at is null;
create index score_rules_by_creation on score_rules
    (tenant_id, created_at, id) where deleted_at is null;
create index score_rules_by_change on score_rules
    (tenant_id, updated_at, id) where deleted_at is null;
create index score_rules_by_fragment on score_rules using gin (tenant_id, search gin_trgm_ops);
call isolate_tenant('score_rules', for_system => true);

-- Who takes new leads, in turn.
create table lead_turns (
    tenant_id     uuid        not null default current_tenant(),
    id            uuid        not null default new_id(),
    name          text        not null,
    user_id       uuid        not null,
    only_source   text,
    is_active     boolean     not null default true,
    last_given_at timestamptz,
    search        text        generated always as (sort_key(name)) stored,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    created_by    uuid,
    version       bigint      not null default 1,
    deleted_at    timestamptz,

    primary key (tenant_id, id),
    constraint lead_turns__name__too_long
        check (char_length(name) <= 120),
    constraint lead_turns__user_id__not_found
        foreign key (tenant_id, user_id) references users,
    constraint lead_turns__only_source__too_long
        check (char_length(only_source) <= 60)
);
create index lead_turns_by_user_id on lead_turns
    (tenant_id, user_id, created_at, id) where deleted_at is null;
create index lead_turns_by_name on lead_turns
    (tenant_id, sort_key(name), id) include (name) where deleted_at is null;
create index lead_turns_by_is_active on lead_turns
    (tenant_id, is_active, id) where deleted_at is null;
create index lead_turns_by_creation on lead_turns
    (tenant_id, created_at, id) where deleted_at is null;
create index lead_turns_by_change on lead_turns
    (tenant_id, updated_at, id) where deleted_at is null;
create index lead_turns_by_fragment on lead_turns using gin (tenant_id, search gin_trgm_ops);
call isolate_tenant('lead_turns');

create function give_first_score_rules(company uuid) returns void language plpgsql as $$
begin
    -- bulk: what a company is born with has no history of its own.
    insert into score_rules (tenant_id, name, field, question, value, points)
    values
        (company, 'Tem telefone', 'phone', 'filled', null, 20),
        (company, 'Tem CNPJ', 'cnpj', 'filled', null, 20),
        (company, 'Tem e-mail', 'email', 'filled', null, 15),
        (company, 'Empresa informada', 'company', 'filled', null, 15),
        (company, 'Veio por indicação', 'source', 'contains', 'indica', 20),
        (company, 'Chegou nos últimos 7 dias', 'createdAt', 'within_days', '7', 10);
end $$;

create or replace function begin_with_a_pipeline() returns trigger language plpgsql as $$
begin
    perform give_first_pipeline(new.tenant_id);
    perform give_first_score_rules(new.tenant_id);
    return null;
end $$;

-- bulk: companies that were there before have them as well.
select give_first_score_rules(tenant_id) from tenants;
