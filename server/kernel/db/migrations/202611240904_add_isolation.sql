-- The wall between companies. Every table gets row security, also for its owner; three roles named
-- after the database look through it: `…_app` sees the tenant of its transaction, `…_reader` may
-- only select and says the tenant itself (behind a policy, search never reaches its indexes),
-- `…_system` has the tables of the kernel. The owner sees rows only while it says so, in migrations
-- and backups.

-- How each table is walled, so that a database restored under another name gets its walls again for
-- the roles of that name.
create table isolated_tables (
    table_name regclass not null,
    kind       text     not null,
    app_rights text     not null default '',

    primary key (table_name),
    constraint isolated_tables__kind__not_an_option check (kind in ('tenant', 'shared', 'system'))
);

create function role_named(role_suffix text) returns text language sql stable as $$
    select current_database() || '_' || role_suffix
$$;

create procedure wall_in(walled regclass) language plpgsql as $$
declare
    old record;
begin
    for old in select polname from pg_policy where polrelid = walled loop
        execute format('drop policy %I on %s', old.polname, walled);
    end loop;
    execute format('alter table %s enable row level security', walled);
    execute format('alter table %s force row level security', walled);
    execute format($f$create policy owner on %s to %I
        using (current_setting('ponte.maintenance', true) = 'on')
        with check (current_setting('ponte.maintenance', true) = 'on')$f$, walled, current_user);
end $$;

create procedure let_app_in(walled regclass, rights text) language plpgsql as $$
begin
    execute format('grant %s on %s to %I', rights, walled, role_named('app'));
    execute format($f$create policy app on %s to %I
        using (tenant_id = public.current_tenant())
        with check (tenant_id = public.current_tenant())$f$, walled, role_named('app'));
    execute format('grant select on %s to %I', walled, role_named('reader'));
    execute format('create policy reader on %s for select to %I using (true)',
                   walled, role_named('reader'));
end $$;

-- Applies what isolated_tables says of a table; may be repeated.
create procedure isolate(walled regclass) language plpgsql as $$
declare
    wall isolated_tables;
    has_tenant boolean;
begin
    select * into strict wall from isolated_tables i where i.table_name = walled;
    has_tenant := exists (select from pg_attribute where attrelid = walled
                          and attname = 'tenant_id' and not attisdropped);
    call wall_in(walled);
    if wall.kind in ('tenant', 'shared') then
        call let_app_in(walled, 'select, insert, update, delete');
    elsif wall.app_rights <> '' and has_tenant then
        call let_app_in(walled, wall.app_rights);
    elsif wall.app_rights <> '' then
        execute format('grant %s on %s to %I', wall.app_rights, walled, role_named('app'));
        execute format('create policy app on %s to %I using (true)', walled, role_named('app'));
    end if;
    if wall.kind = 'shared' then
        execute format('grant select, insert, update, delete on %s to %I',
                       walled, role_named('system'));
        execute format($f$create policy system on %s to %I
            using (tenant_id = public.current_tenant() or public.current_tenant() is null)
            with check (tenant_id = public.current_tenant() or public.current_tenant() is null)$f$,
            walled, role_named('system'));
    elsif wall.kind = 'system' then
        execute format('grant select, insert, update, delete, truncate on %s to %I',
                       walled, role_named('system'));
        execute format('create policy system on %s to %I using (true)',
                       walled, role_named('system'));
    end if;
end $$;

-- For a table of the business: call isolate_tenant('leads'). With for_system, code that acts before
-- a tenant is known (sign-in) reaches it too.
create procedure isolate_tenant(table_name text, for_system boolean default false)
language plpgsql as $$
begin
    insert into isolated_tables (table_name, kind)
    values (table_name::regclass, case when for_system then 'shared' else 'tenant' end);
    call isolate(table_name::regclass);
end $$;

-- For a table of the kernel. The app's rights are named one by one and, where the table has a
-- tenant_id, end at its own tenant: call isolate_system('events', 'select, insert').
create procedure isolate_system(table_name text, app_rights text default '')
language plpgsql as $$
begin
    insert into isolated_tables (table_name, kind, app_rights)
    values (table_name::regclass, 'system', app_rights);
    call isolate(table_name::regclass);
end $$;

create procedure isolate_again() language plpgsql as $$
declare
    known record;
begin
    -- First of all that we may read the list: after a restoration nothing lets us.
    call wall_in('isolated_tables');
    call wall_in('schema_migrations');
    for known in select c.oid from isolated_tables i join pg_class c on c.oid = i.table_name loop
        call isolate(known.oid);
    end loop;
    -- Built by the installation itself; nobody else opens or closes a wall.
    revoke execute on procedure wall_in, let_app_in, isolate, isolate_tenant, isolate_system,
        isolate_again from public;
end $$;
call isolate_again();
