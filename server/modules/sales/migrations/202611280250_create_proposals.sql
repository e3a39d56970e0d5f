-- What a company sells.
create table products (
    tenant_id   uuid        not null default current_tenant(),
    id          uuid        not null default new_id(),
    name        text        not null,
    code        text,
    unit_price  bigint      not null,
    description text,
    is_active   boolean     not null default true,
    custom      jsonb       not null default '{}',
    search      text
        generated always as (sort_key(name || coalesce(' ' || code, ''))) stored,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    created_by  uuid,
    version     bigint      not null default 1,
    deleted_at  timestamptz,

    primary key (tenant_id, id),
    constraint products__name__too_long
        check (char_length(name) <= 200),
    constraint products__code__too_long
        check (char_length(code) <= 60),
    constraint products__description__too_long
        check (char_length(description) <= 2000)
);
create unique index products__code__taken on products
    (tenant_id, lower(code)) where deleted_at is null;
create index products_by_name on products
    (tenant_id, sort_key(name), id) include (name) where deleted_at is null;
create index products_by_code on products
    (tenant_id, coalesce(code, ''), id) include (code) where deleted_at is null;
create index products_by_unit_price on products
    (tenant_id, unit_price, id) where deleted_at is null;
create index products_by_is_active on products (tenant_id, is_active, id) where deleted_at is null;
create index products_by_creation on products (tenant_id, created_at, id) where deleted_at is null;
create index products_by_change on products (tenant_id, updated_at, id) where deleted_at is null;
create index products_by_fragment on products using gin (tenant_id, search gin_trgm_ops);
call isolate_tenant('products');

-- What it offers to whom, and what became of it.
create table proposals (
    tenant_id        uuid        not null default current_tenant(),
    id               uuid        not null default new_id(),
    number           bigint,
    contact_id       uuid        not null,
    title            text        not null,
    status           text        not null default 'draft',
    valid_until      date,
    assigned_to      uuid,
    total            bigint      not null default 0,
    notes            text,
    sent_at          timestamptz,
    decided_at       timestamptz,
    rejection_reason text,
    custom           jsonb       not null default '{}',
    search           text        generated always as (sort_key(title)) stored,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    created_by       uuid,
    version          bigint      not null default 1,
    deleted_at       timestamptz,

    primary key (tenant_id, id),
    constraint proposals__contact_id__not_found
        foreign key (tenant_id, contact_id) references contacts,
    constraint proposals__title__too_long
        check (char_length(title) <= 200),
    constraint proposals__status__not_an_option
        check (status in ('draft', 'sent', 'accepted', 'rejected')),
    constraint proposals__assigned_to__not_found
        foreign key (tenant_id, assigned_to) references users,
    constraint proposals__notes__too_long
        check (char_length(notes) <= 5000),
    constraint proposals__rejection_reason__too_long
        check (char_length(rejection_reason) <= 500)
);
create unique index proposals__number__taken on proposals
    (tenant_id, number) where deleted_at is null;
create index proposals_by_contact_id on proposals
    (tenant_id, contact_id, created_at, id) where deleted_at is null;
create index proposals_by_assigned_to on proposals
    (tenant_id, assigned_to, created_at, id) where deleted_at is null;
create index proposals_by_number on proposals
    (tenant_id, coalesce(number, -9223372036854775808), id) include (number)
    where deleted_at is null;
create index proposals_by_title on proposals
    (tenant_id, sort_key(title), id) include (title) where deleted_at is null;
create index proposals_by_status on proposals (tenant_id, status, id) where deleted_at is null;
create index proposals_by_valid_until on proposals
    (tenant_id, coalesce(valid_until, '-infinity'::date), id) include (valid_until)
    where deleted_at is null;
create index proposals_by_total on proposals (tenant_id, total, id) where deleted_at is null;
create index proposals_by_creation on proposals
    (tenant_id, created_at, id) where deleted_at is null;
create index proposals_by_change on proposals (tenant_id, updated_at, id) where deleted_at is null;
create index proposals_by_fragment on proposals using gin (tenant_id, search gin_trgm_ops);
call count_by('proposals', 'status');
call isolate_tenant('proposals');

-- The lines of a proposal: they come and go with it (Entity::lives_inside).
create table proposal_items (
    tenant_id   uuid    not null default current_tenant(),
    id          uuid    not null default new_id(),
    proposal_id uuid    not null,
    product_id  uuid,
    description text    not null,
    quantity    numeric not null default 1,
    unit_price  bigint  not null,
    discount    numeric not null default 0,
    total       bigint  not null default 0,
    position    bigint  not null,

    primary key (tenant_id, id),
    constraint proposal_items__proposal_id__not_found
        foreign key (tenant_id, proposal_id) references proposals on delete cascade,
    constraint proposal_items__product_id__not_found
        foreign key (tenant_id, product_id) references products,
    constraint proposal_items__description__too_long
        check (char_length(description) <= 500)
);
create index proposal_items_by_proposal_id on proposal_items (tenant_id, proposal_id, position, id);
create index proposal_items_by_product_id on proposal_items (tenant_id, product_id);
call isolate_tenant('proposal_items');
