-- An export writes the records of a list into a file, which is kept for a week. It is long work as
-- imports are (decision 0146); as it writes no records, it has nothing to be undone.
create table exports (
    tenant_id    uuid        not null default current_tenant(),
    id           uuid        not null default new_id(),
    entity       text        not null,
    format       text        not null,
    state        text        not null default 'queued',
    args         jsonb       not null default '{}',
    ids          uuid[],
    columns      jsonb       not null,
    -- With what rights it was made: a download asks for no less.
    reaches      jsonb       not null,
    language     text        not null,
    timezone     text        not null,
    file_name    text        not null,
    total        bigint      not null default 0,
    processed    bigint      not null default 0,
    attempts     bigint      not null default 0,
    runner       uuid,
    asker_id     uuid,
    asker_key_id uuid,
    error        text,
    failed_in    text,
    file_id      uuid,
    size         bigint,
    created_at   timestamptz not null default now(),
    created_by   uuid,
    finished_at  timestamptz,
    expires_at   timestamptz,

    primary key (tenant_id, id),
    constraint exports__file_id__not_found foreign key (tenant_id, file_id) references files,
    constraint exports__file_name__too_long check (char_length(file_name) between 1 and 255),
    constraint exports__format__not_an_option check (format in ('csv', 'xlsx', 'pdf')),
    constraint exports__state__not_an_option check (
        state in ('queued', 'running', 'done', 'failed', 'cancelled', 'expired'))
);
create index exports_by_author on exports (tenant_id, created_by, created_at desc, id desc);
create index exports_by_end on exports (expires_at) where file_id is not null;
create index exports_by_file on exports (tenant_id, file_id) where file_id is not null;
create index exports_by_age on exports (created_at);
call isolate_tenant('exports', for_system => true);
