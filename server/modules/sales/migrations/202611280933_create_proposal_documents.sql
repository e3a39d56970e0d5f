-- Files that belong to a proposal: what the customer sent, what was signed.
create table proposal_documents (
    tenant_id   uuid        not null default current_tenant(),
    id          uuid        not null default new_id(),
    proposal_id uuid        not null,
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
    constraint proposal_documents__proposal_id__not_found
        foreign key (tenant_id, proposal_id) references proposals on delete cascade,
    constraint proposal_documents__file_id__not_found
        foreign key (tenant_id, file_id) references files,
    constraint proposal_documents__name__too_long
        check (char_length(name) <= 200),
    constraint proposal_documents__description__too_long
        check (char_length(description) <= 2000)
);
create index proposal_documents_by_proposal_id on proposal_documents (tenant_id, proposal_id, created_at, id)
    where deleted_at is null;
create index proposal_documents_by_name on proposal_documents (tenant_id, sort_key(name), id) include (name)
    where deleted_at is null;
create index proposal_documents_by_creation on proposal_documents (tenant_id, created_at, id)
    where deleted_at is null;
create index proposal_documents_by_change on proposal_documents (tenant_id, updated_at, id)
    where deleted_at is null;
create index proposal_documents_by_fragment on proposal_documents using gin (tenant_id, search gin_trgm_ops);
call isolate_tenant('proposal_documents');
