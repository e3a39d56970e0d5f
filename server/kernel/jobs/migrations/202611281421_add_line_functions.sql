-- Joining a line, leaving its head, moving up.

-- Where a job that may go on stands next.
create function job_state(is_serial boolean, is_paced boolean, run_at timestamptz)
returns text language sql immutable parallel safe as $$
    select case when is_serial then 'behind' when run_at is not null then 'later'
                when is_paced then 'paced' else 'ready' end
$$;

create function join_line() returns trigger language plpgsql as $$
declare
    line text := concat_ws(e'\n', new.queue, case when new.state = 'behind' then new.kind end,
                           case when new.state = 'behind' then new.serial_key
                                else new.paced_key end);
begin
    -- Thousands of one statement are one line.
    if current_setting('ponte.line', true) is distinct from line then
        insert into job_lines (queue, kind, key)
        values (new.queue, case when new.state = 'behind' then new.kind end,
                case when new.state = 'behind' then new.serial_key else new.paced_key end);
        perform set_config('ponte.line', line, true);
    end if;
    return null;
end $$;
create trigger join_line_by_insert after insert on jobs for each row
    when (new.state in ('behind', 'paced')) execute function join_line();
create trigger join_line_by_update after update of state on jobs for each row
    when (new.state in ('behind', 'paced') and old.state is distinct from new.state)
    execute function join_line();

-- The next of a line whose head is gone; of those alike in place the one that came first.
create function move_up(of_queue uuid, of_kind text, of_key text) returns void language plpgsql
set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off
as $$
begin
    update jobs j
    set state = job_state(false, j.paced_key is not null,
                          case when j.run_at > clock_timestamp() then j.run_at end)
    where j.id = (
        select n.id from jobs n
        where n.state = 'behind' and n.queue = of_queue and n.kind = of_kind
            and n.serial_key = of_key
        order by n.queue, n.kind, n.serial_key, n.place limit 1 for update);
end $$;

-- Whoever ends a head, in whatever way, lets the next one be it, in the same transaction.
create function leave_head() returns trigger language plpgsql as $$
begin
    perform move_up(old.queue, old.kind, old.serial_key);
    return null;
end $$;
create trigger leave_head_by_delete after delete on jobs for each row
    when (old.serial_key is not null and old.state in ('later', 'paced', 'ready', 'running'))
    execute function leave_head();
create trigger leave_head_by_update after update of state, kind, serial_key on jobs for each row
    when (old.serial_key is not null and old.state in ('later', 'paced', 'ready', 'running')
          and (new.state not in ('later', 'paced', 'ready', 'running')
               or new.kind <> old.kind or new.serial_key is distinct from old.serial_key))
    execute function leave_head();

-- False when it must be looked at again: somebody is just ending its head, and may not have seen who
-- joined. A head that we hold until our end will be ended by somebody who sees what we see.
create function look_at_serial_line(of_queue uuid, of_kind text, of_key text)
returns boolean language plpgsql
set enable_seqscan = off set enable_bitmapscan = off
as $$
begin
    perform from jobs j where j.queue = of_queue and j.kind = of_kind and j.serial_key = of_key
        and j.state in ('later', 'paced', 'ready', 'running');
    if found then
        perform from jobs j where j.queue = of_queue and j.kind = of_kind and j.serial_key = of_key
            and j.state in ('later', 'paced', 'ready', 'running')
            for key share skip locked;
        return found;
    end if;
    begin
        perform move_up(of_queue, of_kind, of_key);
    exception when unique_violation then
        null;  -- another node was first
    end;
    return true;
end $$;

-- Takes up to `wanted` of a budget. `next_at` is when the next one can be had.
create function take_budget(of_queue uuid, of_key text, windows_ms bigint[], most bigint[],
                            wanted integer, out got integer, out next_at timestamptz)
language plpgsql
set enable_seqscan = off
as $$
declare
    kept call_budgets;
    at_ms bigint;
    spans bigint[] := '{}';
    last bigint[] := '{}';
    counts bigint[] := '{}';
    mine bigint[];
    span bigint;
    passed integer;
    total bigint;
    free bigint;
    soonest bigint;
    opens bigint := 0;
begin
    insert into call_budgets (queue, key) values (of_queue, of_key) on conflict do nothing;
    select * into kept from call_budgets b where b.queue = of_queue and b.key = of_key for update;
    at_ms := (extract(epoch from clock_timestamp()) * 1000)::bigint;
    got := wanted;
    if kept.resting_until > clock_timestamp() then
        got := 0;
        opens := (extract(epoch from kept.resting_until) * 1000)::bigint;
    end if;
    for i in 1 .. cardinality(windows_ms) loop
        span := greatest(1, (windows_ms[i] + 19) / 20);
        spans := spans || span;
        last := last || at_ms / span;
        if kept.spans_ms[i] = span then
            passed := least(21, greatest(0, at_ms / span - kept.last_span[i]));
            last[i] := greatest(last[i], kept.last_span[i]);  -- a clock that went back
            mine := case when passed >= 21 then array_fill(0::bigint, array[21])
                         else array_fill(0::bigint, array[passed])
                              || kept.used[(i - 1) * 21 + 1 : i * 21 - passed] end;
        else
            mine := array_fill(0::bigint, array[21]);
        end if;
        counts := counts || mine;
        select sum(u) into total from unnest(mine) u;
        got := least(got, greatest(0, most[i] - total));
    end loop;
    for i in 1 .. cardinality(windows_ms) loop
        counts[(i - 1) * 21 + 1] := counts[(i - 1) * 21 + 1] + got;
        -- The next one, when this window is full: once enough of its oldest spans have passed.
        free := most[i] - (select sum(u) from unnest(counts[(i - 1) * 21 + 1 : i * 21]) u);
        soonest := at_ms;
        for back in reverse 21 .. 1 loop
            exit when free > 0;
            free := free + counts[(i - 1) * 21 + back];
            soonest := (last[i] - (back - 1) + 21) * spans[i];
        end loop;
        opens := greatest(opens, soonest);
    end loop;
    next_at := to_timestamp(greatest(opens, at_ms) / 1000.0);
    update call_budgets b
    set spans_ms = spans, last_span = last, used = counts, used_at = now()
    where b.queue = of_queue and b.key = of_key;
end $$;

-- Lets as many begin as the budget has. It is locked before we look, so that whoever comes second
-- sees everybody that the first one saw.
create function look_at_paced_line(of_queue uuid, of_key text) returns integer language plpgsql
set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off
as $$
declare
    most_at_once constant integer := 200;
    rates record;
    wanted integer;
    budget record;
    count integer := 0;
begin
    insert into call_budgets (queue, key) values (of_queue, of_key) on conflict do nothing;
    perform from call_budgets b where b.queue = of_queue and b.key = of_key for update;
    select k.paced_ms, k.paced_most into rates
    from (select j.kind from jobs j
          where j.state = 'paced' and j.queue = of_queue and j.paced_key = of_key
          order by j.queue, j.paced_key, j.priority desc, j.place limit 1) first
    left join job_kinds k on k.kind = first.kind;
    if not found then
        update call_budgets b set due_at = null where b.queue = of_queue and b.key = of_key;
        return 0;
    end if;
    select count(*) into wanted
    from (select from jobs j where j.state = 'paced' and j.queue = of_queue and j.paced_key = of_key
          limit most_at_once) waiting;
    select * into budget
    from take_budget(of_queue, of_key, coalesce(rates.paced_ms, '{}'),
                     coalesce(rates.paced_most, '{}'), wanted);
    if budget.got > 0 then
        update jobs j set state = 'ready'
        where j.id = any (array(
            select n.id from jobs n
            where n.state = 'paced' and n.queue = of_queue and n.paced_key = of_key
            order by n.queue, n.paced_key, n.priority desc, n.place limit budget.got
            for update skip locked));
        get diagnostics count = row_count;
    end if;
    update call_budgets b
    set due_at = case when budget.got < wanted then budget.next_at
                      when wanted = most_at_once then clock_timestamp() end
    where b.queue = of_queue and b.key = of_key;
    return count;
end $$;

-- Looks at the lines that somebody joined, and at the budgets that have something again. Bounded.
create function look_at_lines() returns integer language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
    line record;
    is_done boolean;
    count integer := 0;
begin
    for line in
        select n.queue, n.kind, n.key, array_agg(n.id) as ids
        from (select l.id, l.queue, l.kind, l.key from job_lines l order by l.id limit 500
              for update skip locked) n
        group by n.queue, n.kind, n.key
        order by n.queue, n.key, n.kind
    loop
        if line.kind is null then
            perform look_at_paced_line(line.queue, line.key);
            is_done := true;
        else
            is_done := look_at_serial_line(line.queue, line.kind, line.key);
        end if;
        if is_done then
            delete from job_lines l where l.id = any (line.ids);
        end if;
        count := count + 1;
    end loop;
    for line in
        select b.queue, b.key from call_budgets b where b.due_at <= clock_timestamp()
        order by b.due_at limit 200 for update skip locked
    loop
        perform look_at_paced_line(line.queue, line.key);
        count := count + 1;
    end loop;
    return count;
end $$;

-- As before, and of a group that is held nothing is taken: it is set aside.
create or replace function take_jobs(
    of_lane smallint, places integer, most_per_queue integer, after_queue uuid,
    busy uuid[], rooms integer[], new_token uuid
) returns table (id uuid, tenant_id uuid, kind text, args jsonb, tries integer, delays integer)
language plpgsql
set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off
set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
    share integer := greatest(1, places / 8);
    served uuid[] := '{}';
    got integer[] := '{}';
    turn uuid := after_queue;
    found_queue uuid;
    room integer;
    spot integer;
    step integer;
    has_wrapped boolean := false;
begin
    for pass in 1..2 loop
        loop
            exit when places <= 0;
            select j.queue into found_queue from jobs j
            where j.state = 'ready' and j.lane = of_lane and j.queue > turn
            order by j.queue limit 1;
            if found_queue is null then
                exit when has_wrapped;
                has_wrapped := true;
                -- The nil queue is a queue too, so begin below it.
                select j.queue into found_queue from jobs j
                where j.state = 'ready' and j.lane = of_lane
                order by j.queue limit 1;
                exit when found_queue is null;
            end if;
            exit when has_wrapped and found_queue > after_queue;  -- once round
            turn := found_queue;

            spot := array_position(served, turn);
            room := coalesce(rooms[array_position(busy, turn)], most_per_queue)
                    - coalesce(got[spot], 0);
            step := least(places, room, case when pass = 1 then share else places end);
            continue when step <= 0;
            return query
            with next as (
                select j.id, j.group_id is not null and exists (
                    select from job_groups g where g.tenant_id = j.tenant_id and g.id = j.group_id
                        and (g.is_held or g.is_cancelled)) as is_held
                from jobs j
                where j.state = 'ready' and j.lane = of_lane and j.queue = turn
                order by j.priority desc, j.run_at
                limit step
                for update of j skip locked
            ), taken as (
                update jobs j
                set state = case when next.is_held then 'held' else 'running' end,
                    tries = j.tries + case when next.is_held then 0 else 1 end,
                    lease_token = case when not next.is_held then new_token end,
                    lease_until = case when not next.is_held then
                        clock_timestamp() + interval '1 millisecond' * coalesce(
                            (select k.lease_ms from job_kinds k where k.kind = j.kind), 60000) end
                from next
                where j.id = next.id
                returning j.id, j.tenant_id, j.kind, j.args, j.tries, j.delays, j.state
            )
            select t.id, t.tenant_id, t.kind, t.args, t.tries, t.delays
            from taken t where t.state = 'running';
            get diagnostics step = row_count;
            places := places - step;
            if spot is null then
                served := served || turn;
                got := got || step;
            else
                got[spot] := got[spot] + step;
            end if;
        end loop;
        turn := after_queue;
        has_wrapped := false;
    end loop;
end $$;

-- As before. What is tried again waits for its budget again; what belongs to a group that is held is
-- held; what tells of a job given up stands in no line.
create or replace function put_back_job(job uuid, token uuid, new_state text, delay_ms bigint,
                                        counts boolean, delayed boolean, problem text)
returns void language plpgsql
set enable_seqscan = off
as $$
declare
    kind_in_its_place text;
begin
    if new_state = 'dead' then
        select k.kind into kind_in_its_place
        from jobs j join job_kinds k on k.kind = j.kind || '.given_up'
        where j.id = job;
    end if;
    if kind_in_its_place is not null then
        update jobs j
        set kind = k.kind, lane = k.lane, priority = k.priority, state = 'ready',
            run_at = now(), tries = 0, delays = 0, unique_key = null, serial_key = null,
            paced_key = null, last_error = coalesce(left(problem, 2000), j.last_error),
            lease_until = null, lease_token = null
        from job_kinds k
        where j.id = job and j.lease_token = token and j.state = 'running'
            and k.kind = kind_in_its_place;
        return;
    end if;
    update jobs j
    set state = case
            when new_state = 'dead' then new_state
            when j.group_id is not null and exists (
                select from job_groups g where g.tenant_id = j.tenant_id and g.id = j.group_id
                    and (g.is_held or g.is_cancelled)) then 'held'
            when new_state = 'ready' and counts and j.paced_key is not null then 'paced'
            else new_state end,
        run_at = now() + delay_ms * interval '1 millisecond',
        tries = j.tries - case when counts then 0 else 1 end,
        delays = j.delays + case when delayed then 1 else 0 end,
        last_error = coalesce(left(problem, 2000), j.last_error), lease_until = null,
        lease_token = null
    where j.id = job and j.lease_token = token and j.state = 'running';
exception when unique_violation then
    delete from jobs where id = job and lease_token = token and state = 'running';
end $$;

create or replace function promote_jobs() returns integer language plpgsql
set enable_seqscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
    count integer;
begin
    update jobs set state = job_state(false, paced_key is not null, null)
    where id in (
        select id from jobs where state = 'later' and run_at <= now()
        order by run_at limit 2000
        for update skip locked
    );
    get diagnostics count = row_count;
    return count;
end $$;

-- The rows of a group follow what was said of it, some at a time: how many did now, -1 when nothing is
-- said of it.
create function follow_group(of_tenant uuid, of_group uuid) returns integer language plpgsql
set enable_seqscan = off
as $$
declare
    most constant integer := 2000;
    said job_groups;
    count integer;
begin
    -- Nobody says anything else of it meanwhile.
    select * into said from job_groups g
    where g.tenant_id = of_tenant and g.id = of_group for update;
    if not found then
        return -1;
    end if;
    if said.is_cancelled then
        delete from jobs j where j.id = any (array(
            select n.id from jobs n where n.tenant_id = of_tenant and n.group_id = of_group
                and n.state in ('later', 'ready', 'behind', 'paced', 'held', 'dead')
            limit most for update skip locked));
    elsif said.is_held then
        update jobs j set state = 'held' where j.id = any (array(
            select n.id from jobs n where n.tenant_id = of_tenant and n.group_id = of_group
                and n.state in ('later', 'ready', 'behind', 'paced')
            limit most for update skip locked));
    else
        update jobs j
        set run_at = greatest(j.run_at, said.not_before),
            state = job_state(
                j.serial_key is not null, j.paced_key is not null,
                case when greatest(j.run_at, said.not_before) > now() then j.run_at end)
        where j.id = any (array(
            select n.id from jobs n where n.tenant_id = of_tenant and n.group_id = of_group
                and (n.state = 'held' or (n.state in ('later', 'ready', 'behind', 'paced')
                                          and n.run_at < said.not_before))
            limit most for update skip locked));
    end if;
    get diagnostics count = row_count;
    return count;
end $$;
