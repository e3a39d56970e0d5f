-- Plans are made by statistics, and those of a table that has just been filled say that it is
-- empty: autovacuum comes up to a minute later. Whoever writes much calls this meanwhile and at the
-- end. Judged by size, which is known at once, not by counters, which follow. Owner's rights,
-- because only an owner may analyze; it tells nothing and changes no row.
create function refresh_statistics(grown numeric) returns integer
language plpgsql security definer
set search_path = public, pg_temp
as $$
declare
    stale record;
    count integer := 0;
begin
    for stale in
        select c.oid::regclass as name from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
            and pg_relation_size(c.oid) / current_setting('block_size')::integer
                > greatest(c.relpages, 4) * grown
    loop
        -- One that is being analyzed already is left to whoever does it.
        execute format('analyze (skip_locked) %s', stale.name);
        count := count + 1;
    end loop;
    return count;
end $$;
