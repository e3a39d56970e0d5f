-- What people upload: the facts of each file. Its bytes are in the store (decision 0139), written
-- before this row and removed after it, so that no row is ever without them.
create table files (
    tenant_id   uuid        not null default current_tenant(),
    id          uuid        not null default new_id(),
    name        text        not null,
    size        bigint      not null,
    sha256      text        not null,
    type        text        not null,
    created_at  timestamptz not null default now(),
    created_by  uuid,
    -- Whose it is: a field of a record. Nothing as long as nobody has taken it.
    entity      text,
    record_id   uuid,
    field       text,
    loose_since timestamptz default now(),

    primary key (tenant_id, id),
    constraint files__name__too_long check (char_length(name) between 1 and 255),
    constraint files__size__range check (size >= 0),
    constraint files__sha256__format check (sha256 ~ '^[0-9a-f]{64}$'),
    constraint files__type__too_long check (char_length(type) between 1 and 100),
    constraint files__owner__incomplete check (
        (num_nulls(entity, record_id, field) = 3 and loose_since is not null)
        or (num_nulls(entity, record_id, field) = 0 and loose_since is null))
);
create index files_by_looseness on files (loose_since) where loose_since is not null;
-- What a company keeps is added up at each upload, from the index alone.
create index files_by_size on files (tenant_id) include (size);
call isolate_tenant('files', for_system => true);
