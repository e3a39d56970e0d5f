-- Files that belong to a contact, under the names that people gave them.
create table documents (
    tenant_id   uuid        not null default current_tenant(),
    id          uuid        not null default new_id(),
    contact_id  uuid        not null,
    file_id     uuid        not null,
    name        text        not null,
    description text,
    search      text        generated always as (sort_key(name)) stored,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    created_by  uuid,
    version     bigint      not null default 1,
    deleted_at  timestamptz,

    primary key (tenant_id, id),
    constraint documents__contact_id__not_found
        foreign key (tenant_id, contact_id) references contacts on delete cascade,
    constraint documents__file_id__not_found
        foreign key (tenant_id, file_id) references files,
    constraint documents__name__too_long
        check (char_length(name) <= 200),
    constraint documents__description__too_long
        check (char_length(description) <= 2000)
);
create index documents_by_contact_id on documents (tenant_id, contact_id, created_at, id)
    where deleted_at is null;
create index documents_by_name on documents (tenant_id, sort_key(name), id) include (name)
    where deleted_at is null;
create index documents_by_creation on documents (tenant_id, created_at, id)
    where deleted_at is null;
create index documents_by_change on documents (tenant_id, updated_at, id)
    where deleted_at is null;
create index documents_by_fragment on documents using gin (tenant_id, search gin_trgm_ops);
call isolate_tenant('documents');
