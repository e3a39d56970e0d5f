-- Everybody a company deals with: people and organisations, prospects and customers alike (X-03).

-- What stands in custom fields, as text: customers are found by any of their information.
create function custom_words(custom jsonb) returns text language sql immutable parallel safe as $$
    select coalesce(string_agg(' ' || value, ''), '') from jsonb_each_text(custom)
$$;

create table contacts (
    tenant_id          uuid        not null default current_tenant(),
    id                 uuid        not null default new_id(),
    kind               text        not null default 'person',
    name               text        collate "C" not null,
    email              text        collate "C",
    phone              text,
    company            text        collate "C",
    status             text        not null default 'active',
    tags               uuid[]      not null default '{}',
    assigned_to        uuid,
    document           text,
    job_title          text,
    city               text,
    state              text,
    source             text,
    last_contact_at    timestamptz,
    total_interactions bigint      not null default 0,
    custom             jsonb       not null default '{}',
    -- A Brazilian mobile stands here with and without its ninth digit, as people still type both.
    search text generated always as (
        sort_key(
            name || coalesce(' ' || email, '') || coalesce(' ' || phone, '')
            || case when phone like '+55__9________'
                   then ' ' || substr(phone, 2, 4) || substr(phone, 7) else '' end
            || coalesce(' ' || company, '') || coalesce(' ' || document, '')
            || coalesce(' ' || job_title, '') || coalesce(' ' || city, '')
            || case when custom = '{}' then '' else custom_words(custom) end)) stored,
    created_at         timestamptz not null default now(),
    updated_at         timestamptz not null default now(),
    created_by         uuid,
    version            bigint      not null default 1,
    deleted_at         timestamptz,

    primary key (tenant_id, id),
    constraint contacts__assigned_to__not_found
        foreign key (tenant_id, assigned_to) references users (tenant_id, id),
    constraint contacts__name__too_short check (char_length(btrim(name)) >= 2),
    constraint contacts__name__too_long check (char_length(name) <= 255),
    constraint contacts__email__too_long check (char_length(email) <= 254),
    constraint contacts__phone__too_long check (char_length(phone) <= 40),
    constraint contacts__company__too_long check (char_length(company) <= 255),
    constraint contacts__document__format check (document ~ '^([0-9]{11}|[0-9A-Z]{12}[0-9]{2})$'),
    constraint contacts__job_title__too_long check (char_length(job_title) <= 120),
    constraint contacts__city__too_long check (char_length(city) <= 120),
    constraint contacts__state__too_long check (char_length(state) <= 60),
    constraint contacts__source__too_long check (char_length(source) <= 60),
    constraint contacts__kind__not_an_option check (kind in ('person', 'company')),
    constraint contacts__status__not_an_option check (status in ('prospect', 'active', 'inactive'))
);

-- One index for each order of the list, in the very words of the list's SQL, and without what is in
-- the recycle bin: the bin is small and has one of its own. Sorted columns compare bytes (collate
-- "C"): of folded text that is the order of the alphabet, and an index serves beginnings, too
-- (`like 'an%'`).
create index contacts_by_name on contacts (tenant_id, sort_key(name), id)
    where deleted_at is null;
create index contacts_by_company on contacts (tenant_id, sort_key(coalesce(company, '')), id)
    where deleted_at is null;
create index contacts_by_email on contacts (tenant_id, coalesce(email, ''), id)
    where deleted_at is null;
create index contacts_by_status on contacts (tenant_id, status, id) where deleted_at is null;
create index contacts_by_last_contact
    on contacts (tenant_id, coalesce(last_contact_at, '-infinity'::timestamptz), id)
    where deleted_at is null;
create index contacts_by_interactions on contacts (tenant_id, total_interactions, id)
    where deleted_at is null;
create index contacts_by_creation on contacts (tenant_id, created_at, id)
    where deleted_at is null;
create index contacts_by_change on contacts (tenant_id, updated_at, id) where deleted_at is null;
create index contacts_in_bin on contacts (tenant_id, created_at, id) where deleted_at is not null;

-- The filters that people use most, in the order that a list begins with.
create index contacts_by_status_and_creation on contacts (tenant_id, status, created_at, id)
    where deleted_at is null;
create index contacts_by_owner on contacts (tenant_id, assigned_to, created_at, id)
    where deleted_at is null;
create index contacts_by_tag on contacts using gin (tenant_id, tags);

-- Search by any fragment of three characters and more.
create index contacts_by_fragment on contacts using gin (tenant_id, search gin_trgm_ops)
    with (fastupdate = on);

call count_by('contacts', 'status');
call isolate_tenant('contacts');
