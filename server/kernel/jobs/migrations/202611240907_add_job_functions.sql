-- The moves of a job, each one round trip, each safe when several nodes make it at once.

-- Takes up to `places` jobs, each queue in its turn: first a small share for every queue that has
-- something ready, beginning after the one that was served last, then what is left over. Costs a few
-- index probes a queue, however many jobs wait. `busy` names queues that may have only `rooms` more.
-- The settings keep the plan here and below: statistics of a table that holds nothing now and a
-- million jobs a minute later are always wrong, and a join that reads the whole of it looks cheap.
create function take_jobs(
    of_long boolean, places integer, most_per_queue integer, after_queue uuid,
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
            where j.state = 'ready' and j.is_long = of_long and j.queue > turn
            order by j.queue limit 1;
            if found_queue is null then
                exit when has_wrapped;
                has_wrapped := true;
                -- The nil queue is a queue too, so begin below it.
                select j.queue into found_queue from jobs j
                where j.state = 'ready' and j.is_long = of_long
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
                select j.id from jobs j
                where j.state = 'ready' and j.is_long = of_long and j.queue = turn
                order by j.priority desc, j.run_at
                limit step
                for update skip locked
            )
            update jobs j
            set state = 'running', tries = j.tries + 1, lease_token = new_token,
                lease_until = clock_timestamp() + interval '1 millisecond' * coalesce(
                    (select k.lease_ms from job_kinds k where k.kind = j.kind), 60000)
            from next
            where j.id = next.id
            returning j.id, j.tenant_id, j.kind, j.args, j.tries, j.delays;
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

-- The end of jobs that wrote nothing, and longer leases: many at once, all of one taking.
create function finish_jobs(jobs uuid[], token uuid) returns void language sql
set enable_seqscan = off
as $$
    delete from jobs j where j.id = any (jobs) and j.lease_token = token
$$;

create function renew_leases(jobs uuid[], token uuid, lease_ms bigint) returns void language sql
set enable_seqscan = off
as $$
    update jobs j set lease_until = clock_timestamp() + lease_ms * interval '1 millisecond'
    where j.id = any (jobs) and j.lease_token = token
$$;

-- The end of a job that wrote something, within its own transaction: the work and its end are one.
-- When the lease has gone to somebody else, nothing of it may count.
create function finish_job(job uuid, token uuid) returns void language plpgsql
set enable_seqscan = off
as $$
begin
    delete from jobs where id = job and lease_token = token and state = 'running';
    if not found then
        raise exception 'the lease of job % has expired', job using errcode = 'serialization_failure';
    end if;
end $$;

-- Back among those that wait, or aside. When a job of the same key already waits, that one does.
create function put_back_job(job uuid, token uuid, new_state text, delay_ms bigint,
                             counts boolean, delayed boolean, problem text)
returns void language plpgsql
set enable_seqscan = off
as $$
begin
    update jobs
    set state = new_state, run_at = now() + delay_ms * interval '1 millisecond',
        tries = tries - case when counts then 0 else 1 end,
        delays = delays + case when delayed then 1 else 0 end,
        last_error = coalesce(left(problem, 2000), last_error), lease_until = null, lease_token = null
    where id = job and lease_token = token and state = 'running';
exception when unique_violation then
    delete from jobs where id = job and lease_token = token and state = 'running';
end $$;

-- Jobs whose worker died: taken again, or given up when that happens every time.
create function reclaim_jobs() returns integer language plpgsql
set enable_seqscan = off
as $$
declare
    lost record;
    count integer := 0;
begin
    for lost in
        select j.id, j.lease_token, j.tries >= coalesce(k.max_tries, 8) as is_hopeless
        from jobs j left join job_kinds k on k.kind = j.kind
        where j.state = 'running' and j.lease_until < now()
        limit 1000
        for update of j skip locked
    loop
        perform put_back_job(lost.id, lost.lease_token,
                             case when lost.is_hopeless then 'dead' else 'ready' end, 0, true, false,
                             case when lost.is_hopeless then 'the worker died with it every time' end);
        count := count + 1;
    end loop;
    return count;
end $$;

-- What was for later and is due now.
create function promote_jobs() returns integer language plpgsql
set enable_seqscan = off set enable_sort = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
    count integer;
begin
    update jobs set state = 'ready'
    where id in (
        select id from jobs where state = 'later' and run_at <= now()
        order by run_at limit 2000
        for update skip locked
    );
    get diagnostics count = row_count;
    return count;
end $$;

create function next_daily(daily_at time, timezone text) returns timestamptz language sql stable as $$
    select min(moment)
    from (
        select ((now() at time zone timezone)::date + days + daily_at) at time zone timezone as moment
        from generate_series(0, 2) days
    ) candidates
    where moment > now()
$$;

create function set_schedule(named text, every bigint, daily time, zone text)
returns void language sql as $$
    insert into job_schedules (kind, every_ms, daily_at, timezone, next_run_at)
    values (named, every, daily, zone,
            coalesce(next_daily(daily, zone), now() + every * interval '1 millisecond'))
    on conflict (kind) do update
    set every_ms = excluded.every_ms, daily_at = excluded.daily_at, timezone = excluded.timezone,
        next_run_at = excluded.next_run_at
    where (job_schedules.every_ms, job_schedules.daily_at, job_schedules.timezone)
        is distinct from (excluded.every_ms, excluded.daily_at, excluded.timezone)
$$;

-- A turn that comes while the last one still waits or runs is left out.
create function enqueue_scheduled(known text[]) returns integer language plpgsql as $$
declare
    due record;
    count integer := 0;
begin
    for due in
        select s.kind, s.every_ms, s.daily_at, s.timezone from job_schedules s
        where s.next_run_at <= now() and s.kind = any (known)
        for update skip locked
    loop
        insert into jobs (tenant_id, kind, priority, is_long)
        select null, due.kind, k.priority, k.is_long from job_kinds k
        where k.kind = due.kind and not exists (
            select from jobs j where j.tenant_id is null and j.kind = due.kind and j.state <> 'dead');
        update job_schedules s
        set next_run_at = coalesce(next_daily(s.daily_at, s.timezone), greatest(
            s.next_run_at + s.every_ms * interval '1 millisecond',
            now() + s.every_ms * interval '1 millisecond' / 2))
        where s.kind = due.kind;
        count := count + 1;
    end loop;
    return count;
end $$;
