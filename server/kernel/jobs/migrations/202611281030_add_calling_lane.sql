-- A third sort of places, for jobs that wait for somebody else: 0 brief, 1 lengthy, 2 calling.
drop index jobs_ready;
alter table job_kinds add column lane smallint not null default 0;
update job_kinds set lane = 1 where is_long;
alter table job_kinds drop column is_long;
alter table jobs add column lane smallint not null default 0;
update jobs set lane = 1 where is_long;
alter table jobs drop column is_long;
create index jobs_ready on jobs (lane, queue, priority desc, run_at) where state = 'ready';

drop function take_jobs(boolean, integer, integer, uuid, uuid[], integer[], uuid);

create function take_jobs(
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
                select j.id from jobs j
                where j.state = 'ready' and j.lane = of_lane and j.queue = turn
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
            run_at = now(), tries = 0, delays = 0, unique_key = null,
            last_error = coalesce(left(problem, 2000), j.last_error),
            lease_until = null, lease_token = null
        from job_kinds k
        where j.id = job and j.lease_token = token and j.state = 'running'
            and k.kind = kind_in_its_place;
        return;
    end if;
    update jobs
    set state = new_state, run_at = now() + delay_ms * interval '1 millisecond',
        tries = tries - case when counts then 0 else 1 end,
        delays = delays + case when delayed then 1 else 0 end,
        last_error = coalesce(left(problem, 2000), last_error), lease_until = null,
        lease_token = null
    where id = job and lease_token = token and state = 'running';
exception when unique_violation then
    delete from jobs where id = job and lease_token = token and state = 'running';
end $$;

create or replace function enqueue_scheduled(known text[]) returns integer language plpgsql as $$
declare
    due record;
    count integer := 0;
begin
    for due in
        select s.kind, s.every_ms, s.daily_at, s.timezone from job_schedules s
        where s.next_run_at <= now() and s.kind = any (known)
        for update skip locked
    loop
        insert into jobs (tenant_id, kind, priority, lane)
        select null, due.kind, k.priority, k.lane from job_kinds k
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
