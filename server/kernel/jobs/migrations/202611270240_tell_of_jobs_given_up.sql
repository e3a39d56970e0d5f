-- What people wait for is not given up in silence: where a kind `<kind>.given_up` is declared, a
-- job becomes one of that kind instead of a dead letter, and says what has become of the work.

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
        set kind = k.kind, is_long = k.is_long, priority = k.priority, state = 'ready',
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
