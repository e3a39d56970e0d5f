-- Totals per value of a field without counting rows and without a row that everybody waits for:
-- each statement adds its difference, a job folds the differences now and then.
create table tallies (
    tenant_id uuid   not null,
    entity    text   not null,
    value     text   not null,
    delta     bigint not null
);
create index tallies_by_entity on tallies (tenant_id, entity, value);
call isolate_system('tallies', 'select, insert');

-- Makes a table keep its totals: call count_by('contacts', 'status').
create procedure count_by(table_name text, column_name text) language plpgsql as $$
begin
    execute format($f$
        create function tally_%1$s() returns trigger language plpgsql as $t$
        begin
            if tg_op = 'INSERT' then
                insert into tallies (tenant_id, entity, value, delta)
                select tenant_id, %1$L, %2$I, count(*)
                from added where deleted_at is null group by tenant_id, %2$I;
            elsif tg_op = 'DELETE' then
                insert into tallies (tenant_id, entity, value, delta)
                select tenant_id, %1$L, %2$I, -count(*)
                from removed where deleted_at is null group by tenant_id, %2$I;
            else
                insert into tallies (tenant_id, entity, value, delta)
                select tenant_id, %1$L, value, sum(n)
                from (
                    select tenant_id, %2$I as value, 1 as n from added where deleted_at is null
                    union all
                    select tenant_id, %2$I, -1 from removed where deleted_at is null
                ) moved
                group by tenant_id, value having sum(n) <> 0;
            end if;
            return null;
        end $t$ $f$, table_name, column_name);
    execute format('create trigger tally_insert after insert on %1$I
        referencing new table as added
        for each statement execute function tally_%1$s()', table_name);
    execute format('create trigger tally_update after update on %1$I
        referencing new table as added old table as removed
        for each statement execute function tally_%1$s()', table_name);
    execute format('create trigger tally_delete after delete on %1$I
        referencing old table as removed
        for each statement execute function tally_%1$s()', table_name);
end $$;
