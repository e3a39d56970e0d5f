-- Rows that were taken although something of them should be known: a shared number, a field left out.
alter table import_rejected_rows add column is_taken boolean not null default false;
alter table imports add column noticed bigint not null default 0;

-- What an undo left as it was, and why; asked again, it takes those, too.
alter table imports add column undo_reclaims boolean not null default false;
create table import_kept_records (
    tenant_id uuid   not null default current_tenant(),
    import_id uuid   not null,
    record_id uuid   not null,
    reason    text   not null,
    details   text[] not null default '{}',

    primary key (tenant_id, import_id, record_id),
    constraint import_kept_records__import_id__not_found
        foreign key (tenant_id, import_id) references imports on delete cascade,
    constraint import_kept_records__reason__not_an_option check (reason in ('changed', 'linked'))
);
call isolate_tenant('import_kept_records');
