-- Work on many records at once, with progress that a screen shows and an undo for 30 days.
create table operations (
    tenant_id      uuid        not null default current_tenant(),
    id             uuid        not null default new_id(),
    kind           text        not null,
    entity         text        not null,
    state          text        not null default 'queued',
    args           jsonb       not null default '{}',
    total          bigint      not null default 0,
    processed      bigint      not null default 0,
    changed        bigint      not null default 0,
    skipped        bigint      not null default 0,
    failed         bigint      not null default 0,
    undone         bigint      not null default 0,
    kept           bigint      not null default 0,
    cursor_id      uuid,
    attempts       bigint      not null default 0,
    error          text,
    created_at     timestamptz not null default now(),
    created_by     uuid,
    finished_at    timestamptz,
    undoable_until timestamptz,

    primary key (tenant_id, id),
    constraint operations__state__not_an_option
        check (state in ('queued', 'running', 'done', 'failed', 'undoing', 'undone')),
    constraint operations__kind__not_an_option
        check (kind in ('bulk_update', 'bulk_delete', 'bulk_restore'))
);
create index operations_by_time on operations (tenant_id, created_at desc, id desc);
call isolate_tenant('operations');
