-- An import is a job over one file. Its progress stands in the same transaction as the rows it wrote,
-- so that whatever happens it goes on exactly where it was: nothing lost, nothing twice.
create table imports (
    tenant_id      uuid        not null default current_tenant(),
    id             uuid        not null default new_id(),
    upload_id      uuid        not null,
    entity         text        not null,
    file_name      text        not null,
    mode           text        not null,
    dry_run        boolean     not null default false,
    state          text        not null default 'queued',
    mapping        jsonb       not null default '[]',
    language       text        not null default 'pt-BR',
    timezone       text        not null default 'America/Sao_Paulo',
    update_reach   text        not null default 'all',
    total          bigint      not null default 0,
    processed      bigint      not null default 0,
    created        bigint      not null default 0,
    updated        bigint      not null default 0,
    skipped        bigint      not null default 0,
    failed         bigint      not null default 0,
    undone         bigint      not null default 0,
    kept           bigint      not null default 0,
    next_byte      bigint      not null default 0,
    next_line      bigint      not null default 1,
    undo_after     uuid,
    undo_phase     text        not null default 'created',
    active_ms      bigint      not null default 0,
    attempts       bigint      not null default 0,
    error          text,
    created_at     timestamptz not null default now(),
    created_by     uuid,
    finished_at    timestamptz,
    undoable_until timestamptz,

    primary key (tenant_id, id),
    constraint imports__upload_id__not_found
        foreign key (tenant_id, upload_id) references uploads,
    constraint imports__mode__not_an_option check (mode in ('create', 'update', 'upsert')),
    constraint imports__state__not_an_option check (
        state in ('queued', 'running', 'done', 'failed', 'undoing', 'undone', 'cancelled'))
);
create index imports_by_time on imports (tenant_id, created_at desc, id desc);
call isolate_tenant('imports');

-- Rows that were not taken, with every reason, as they stood in the file: to be read, corrected and
-- imported again.
create table import_rejected_rows (
    tenant_id uuid   not null default current_tenant(),
    import_id uuid   not null,
    row       bigint not null,
    line      bigint not null,
    errors    jsonb  not null,
    cells     text[] not null,

    primary key (tenant_id, import_id, row),
    constraint import_rejected_rows__import_id__not_found
        foreign key (tenant_id, import_id) references imports on delete cascade
);
call isolate_tenant('import_rejected_rows');
