-- A table may have parts (partitions). Its policies bind whoever comes through the table itself; a
-- part that is named has policies of its own, or none: so nobody but the owner may name one.
-- Numbers that the table counts by are drawn by those who may insert.
create procedure wall_in_parts(walled regclass) language plpgsql as $$
declare
    part regclass;
    number regclass;
    rights text;
begin
    for part in select inhrelid from pg_inherits where inhparent = walled loop
        call wall_in(part);
        execute format('revoke all on %s from %I, %I, %I', part,
                       role_named('app'), role_named('reader'), role_named('system'));
    end loop;
    select app_rights into rights from isolated_tables i
    where i.table_name = walled and i.kind = 'system';
    for number in
        select d.objid from pg_depend d join pg_class c on c.oid = d.objid and c.relkind = 'S'
        where d.classid = 'pg_class'::regclass and d.refobjid = walled and d.deptype = 'a'
    loop
        execute format('grant usage on sequence %s to %I', number, role_named('system'));
        if rights like '%insert%' then
            execute format('grant usage on sequence %s to %I', number, role_named('app'));
        end if;
    end loop;
end $$;

create or replace procedure isolate_again() language plpgsql as $$
declare
    known record;
begin
    -- First of all that we may read the list: after a restoration nothing lets us.
    call wall_in('isolated_tables');
    call wall_in('schema_migrations');
    for known in select c.oid from isolated_tables i join pg_class c on c.oid = i.table_name loop
        call isolate(known.oid);
        call wall_in_parts(known.oid);
    end loop;
    -- Built by the installation itself; nobody else opens or closes a wall.
    revoke execute on procedure wall_in, wall_in_parts, let_app_in, isolate, isolate_tenant,
        isolate_system, isolate_again from public;
end $$;
call isolate_again();
