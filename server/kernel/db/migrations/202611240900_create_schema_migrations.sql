-- The migrations that stand in this database. The checksum tells an edited file from the one that
-- was applied.
create table schema_migrations (
    name       text        not null,
    checksum   text        not null,
    applied_at timestamptz not null default now(),

    primary key (name)
);
