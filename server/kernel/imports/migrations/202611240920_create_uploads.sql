-- A file that somebody sent, looked at once and kept for the import that will name it. The bytes lie
-- in <data>/uploads under the id; this row says how to read them.
create table uploads (
    tenant_id  uuid        not null default current_tenant(),
    id         uuid        not null default new_id(),
    file_name  text        not null,
    size       bigint      not null,
    encoding   text        not null,
    separator  text        not null,
    has_header boolean     not null,
    start_byte bigint      not null,
    start_line bigint      not null,
    headers    text[]      not null default '{}',
    created_at timestamptz not null default now(),
    created_by uuid,

    primary key (tenant_id, id),
    constraint uploads__file_name__too_long check (char_length(file_name) <= 255)
);
call isolate_tenant('uploads');
