-- Totals across links (Field::counts, latest, sums): what the records come to that lead to another.
-- Statement-level triggers of their table move them, so no way in can forget, and many records of
-- one target are one update of it. Totals are no data that somebody edited: the target keeps its
-- version and updated_at, and an open form does not clash with somebody's note.

-- What each trigger does: first it takes the targets whose totals move, in the order of their ids,
-- so that two writers cannot wait for each other; then, with eyes opened after the waiting, it
-- moves them. Arguments: what is kept (drift compares it), and the two statements. They are planned
-- each time: a plan that was made for many rows, or for an empty table, would stay.
create function move_totals() returns trigger language plpgsql as $$
declare
    moved bigint;
begin
    execute tg_argv[1];
    get diagnostics moved = row_count;
    if moved > 0 then
        execute tg_argv[2];
    end if;
    return null;
end $$;

-- One trigger. `source` gives rows of the child table with their `sign`: 1 came, -1 went.
create procedure keep_totals_at(
    trigger_name text, table_name text, event text, source text,
    target text, link text, kept text, figures text, differs text, sets text
) language plpgsql as $$
declare
    rows_told text := concat_ws(' ', case when event <> 'delete' then 'new table as added' end,
                                     case when event <> 'insert' then 'old table as removed' end);
    moved text := format(
        'select tenant_id, %1$I as id, %2$s from (%3$s) r where %1$I is not null group by 1, 2',
        link, figures, source);
begin
    execute format('create trigger %I after %s on %I referencing %s
        for each statement execute function move_totals(%L, %L, %L)',
        trigger_name, event, table_name, rows_told, kept,
        format('select from %I t where (t.tenant_id, t.id) in
                (select m.tenant_id, m.id from (%s) m where %s)
                order by t.tenant_id, t.id for no key update', target, moved, differs),
        format('update %I t set %s from (%s) m
                where t.tenant_id = m.tenant_id and t.id = m.id and (%s)',
               target, sets, moved, differs));
end $$;

-- What a total is in SQL: its figures of the rows `r` that moved, whether they move it, what it
-- becomes, and what it is when all rows came.
create function total_in_sql(
    total text, n int, others text,
    out figures text, out differs text, out sets text, out filled text, out is_stray text
) language plpgsql as $$
declare
    word text[] := string_to_array(total, ' ');  -- 'won sum total when status accepted'
    counted text := case word[2] when 'sum' then format('coalesce(r.%I, 0)', word[3]) else '1' end;
    of_those text := 'true';
begin
    if 'when' = any (word) then
        of_those := format('r.%I::text = %L', word[cardinality(word) - 1], word[cardinality(word)]);
    end if;
    if word[2] = 'latest' then
        figures := format('max(r.%1$I) filter (where r.sign > 0 and %2$s) as came%3$s,
                           max(r.%1$I) filter (where r.sign < 0 and %2$s) as went%3$s',
                          word[3], of_those, n);
        differs := format('m.came%1$s is distinct from m.went%1$s', n);
        -- The others are asked only when the latest one went away.
        sets := format('%1$I = case when m.went%2$s is null or m.came%2$s >= m.went%2$s
                                    then greatest(t.%1$I, m.came%2$s)
                                    when t.%1$I > m.went%2$s then t.%1$I
                                    else (select max(r.%3$I) %4$s and %5$s) end',
                       word[1], n, word[3], others, of_those);
        filled := format('%I = m.came%s', word[1], n);
        is_stray := format('t.%I is distinct from m.came%s', word[1], n);
    elsif word[2] in ('count', 'sum') then
        figures := format('coalesce(sum(r.sign * %s) filter (where %s), 0) as moved%s',
                          counted, of_those, n);
        differs := format('m.moved%s <> 0', n);
        sets := format('%1$I = t.%1$I + m.moved%2$s', word[1], n);
        filled := format('%I = coalesce(m.moved%s, 0)', word[1], n);
        is_stray := format('t.%I is distinct from coalesce(m.moved%s, 0)', word[1], n);
    else
        raise exception 'A total is a count, a sum or the latest: %', total;
    end if;
end $$;

-- call keep_totals('contacts', 'notes', 'contact_id', array[
--     'total_interactions count', 'last_contact_at latest created_at',
--     'won sum total when status accepted']);
-- Whatever was kept of this link before is not kept any more; what is there already is filled in.
-- Rows that live inside others (`whole`) count while their whole is not deleted.
create procedure keep_totals(
    target text, child text, link text, totals text[],
    whole text default null, whole_link text default null
) language plpgsql as $$
declare
    suffix text := '_totals_of_' || target || '_by_' || link;
    kept text := target || ': ' || array_to_string(totals, ', ');
    alive text := 'true';
    stays text := 'select r.*, %s as sign from %I r where %s';
    said record;
    watched record;
begin
    if whole is not null then
        alive := format('exists (select from %I w where w.tenant_id = r.tenant_id
            and w.id = r.%I and w.deleted_at is null)', whole, whole_link);
    elsif exists (select from pg_attribute where attrelid = child::regclass
                  and attname = 'deleted_at' and not attisdropped) then
        alive := 'r.deleted_at is null';
    end if;

    select string_agg(s.figures, ', ') as figures, string_agg(s.differs, ' or ') as differs,
           string_agg(s.sets, ', ') as sets, string_agg(s.filled, ', ') as filled,
           string_agg(s.is_stray, ' or ') as is_stray
    into said
    from unnest(totals) with ordinality u (total, n), total_in_sql(u.total, u.n::int, format(
        'from %I r where r.tenant_id = t.tenant_id and r.%I = t.id and %s', child, link, alive)) s;

    for watched in
        select 'insert' as name, child as place, 'insert' as event,
               format(stays, 1, 'added', alive) as source
        union all
        select 'delete', child, 'delete', format(stays, -1, 'removed', alive)
        union all
        select 'update', child, 'update', format(stays, 1, 'added', alive)
            || ' union all ' || format(stays, -1, 'removed', alive)
        union all
        select 'whole', whole, 'update', format(
            'select r.*, case when a.deleted_at is null then 1 else -1 end as sign
             from added a join removed b on b.tenant_id = a.tenant_id and b.id = a.id
             join %I r on r.tenant_id = a.tenant_id and r.%I = a.id
             where (a.deleted_at is null) <> (b.deleted_at is null)', child, whole_link)
        where whole is not null
    loop
        execute format('drop trigger if exists %I on %I', watched.name || suffix, watched.place);
        if cardinality(totals) > 0 then
            call keep_totals_at(watched.name || suffix, watched.place, watched.event,
                                watched.source, target, link, kept,
                                said.figures, said.differs, said.sets);
        end if;
    end loop;

    if cardinality(totals) > 0 then
        -- bulk: what was there before its totals were kept; no record changes.
        execute format(
            'update %1$I t set %2$s
             from %1$I o left join (select tenant_id, %3$I as id, %4$s from (%5$s) r
                                    where %3$I is not null group by 1, 2) m
                  on m.tenant_id = o.tenant_id and m.id = o.id
             where t.tenant_id = o.tenant_id and t.id = o.id and (%6$s)',
            target, said.filled, link, said.figures, format(stays, 1, child, alive),
            said.is_stray);
    end if;
end $$;

-- Migrations build with them; nobody else installs a trigger.
revoke execute on procedure keep_totals, keep_totals_at from public;
