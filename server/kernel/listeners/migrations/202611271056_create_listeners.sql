-- Who hears the log durably, and how far each has come. What a listener writes for an event and its
-- position move in one transaction, so that it hears each event exactly once, also over a crash.
create table listener_leases (
    name        text        not null,
    -- Every company has heard what stands here or before, except those whose turn says otherwise.
    transaction xid8        not null,
    sequence    bigint      not null default 0,
    -- The node that drives it: others may take it over when it is not renewed.
    lease_token uuid,
    lease_until timestamptz not null default now(),

    primary key (name)
);
call isolate_system('listener_leases', 'select');

-- One company as one listener has it. While it is `even` it has come as far as the listener, or
-- further; one that is behind has work to catch up with or is tried again; one aside has failed too
-- often and waits for somebody.
create table listeners (
    tenant_id    uuid        not null default current_tenant(),
    id           uuid        not null default new_id(),
    name         text        not null,
    transaction  xid8        not null default '0',
    sequence     bigint      not null default 0,
    state        text        not null default 'even',
    tries        integer     not null default 0,
    run_at       timestamptz,
    error        text,
    failed_event jsonb,       -- what it failed at: position, name, entity and id
    stopped_at   timestamptz,

    primary key (tenant_id, name),
    constraint listeners__state__not_an_option check (state in ('even', 'behind', 'aside'))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
create index listeners_not_even on listeners (name) where state <> 'even';
call isolate_system('listeners', 'select, insert, update');

-- A company that is behind reads its own events, past those of all others.
create index events_of_company_in_order on events (tenant_id, transaction, sequence)
    where not is_quiet;
-- The quiet events of one transaction in their order. It is only ever appended to, which keeps it
-- cheap, and an import pays nothing for it: what it creates leaves the index of operations, since
-- only what was there before is ever looked for by its operation (an undo knows new rows by id).
create index events_quiet_in_order on events (transaction, sequence) where is_quiet;
drop index events_by_operation;
create index events_by_operation on events (tenant_id, operation_id, entity_id)
    where operation_id is not null and version > 1;

-- How far a company has come: a row value cannot be asked for its greatest.
create function position_of_turn(
    state text, own xid8, own_sequence bigint, common xid8, common_sequence bigint,
    out transaction xid8, out sequence bigint
) language sql immutable as $$
    select case when is_common then common else own end,
           case when is_common then common_sequence else own_sequence end
    from (select state = 'even' and (common, common_sequence) > (own, own_sequence)) x(is_common)
$$;

-- Takes the turn of the transaction's company; no row while somebody else has it. Whoever ends it
-- must be in the same transaction still.
create function take_turn(named text)
returns table (state text, tries integer, transaction xid8, sequence bigint)
language plpgsql as $$
#variable_conflict use_column
begin
    insert into listeners (name) values (named) on conflict do nothing;
    return query
    select t.state, t.tries, p.transaction, p.sequence
    from (select * from listeners
          where tenant_id = current_tenant() and name = named for update skip locked) t
    join listener_leases l on l.name = t.name
    cross join position_of_turn(t.state, t.transaction, t.sequence, l.transaction, l.sequence) p;
    perform set_config('ponte.turn', named, true);
end $$;

create function end_turn(named text, heard xid8, heard_sequence bigint, has_more boolean)
returns void language plpgsql as $$
begin
    if current_setting('ponte.turn', true) is distinct from named then
        -- What was written for the events before this one is gone.
        raise exception 'listener.rolled_back' using errcode = 'PT500';
    end if;
    update listeners
    set transaction = heard, sequence = heard_sequence,
        state = case when has_more then 'behind' else state end,
        tries = 0, run_at = null, error = null, failed_event = null
    where tenant_id = current_tenant() and name = named;
end $$;

-- The turn failed at an event that has not been heard meanwhile; else no row.
create function fail_turn(
    named text, failed_at xid8, failed_sequence bigint, new_state text, problem text, event jsonb,
    delay_ms bigint
) returns setof integer language sql as $$
    -- The first turn of a company took its row along when it failed.
    insert into listeners (name) values (named) on conflict do nothing;
    update listeners t
    set transaction = p.transaction, sequence = p.sequence, state = new_state, tries = t.tries + 1,
        error = problem, failed_event = event,
        run_at = case when new_state = 'behind'
                      then now() + delay_ms * interval '1 millisecond' end,
        stopped_at = case when new_state = 'aside' then now() end
    from (select o.tenant_id, o.name, o.state, p.*
          from (select * from listeners
                where tenant_id = current_tenant() and name = named for update) o
          join listener_leases l on l.name = o.name
          cross join position_of_turn(o.state, o.transaction, o.sequence,
                                      l.transaction, l.sequence) p) p
    where t.tenant_id = p.tenant_id and t.name = p.name and p.state <> 'aside'
        and (p.transaction, p.sequence) < (failed_at, failed_sequence)
    returning t.tries
$$;

-- A restored database counts its transactions anew. What it brought along is over and done, so it
-- moves below everything that will be written here; but what a company has yet to hear is heard
-- after it, as if it had been written now.
create function settle_log() returns void language plpgsql as $$
declare
    future constant xid8 := pg_snapshot_xmax(pg_current_snapshot());
begin
    if not exists (select from events where not is_quiet and transaction >= future)
        and not exists (select from listener_leases where transaction >= future)
        and not exists (select from listeners where transaction >= future) then
        return;
    end if;
    with behind as (
        select distinct on (tenant_id) tenant_id, transaction, sequence
        from listeners where state <> 'even'
        order by tenant_id, transaction, sequence
    ), loud as (
        select e.tenant_id, e.transaction, e.sequence, e.operation_id
        from behind t
        join events e on e.tenant_id = t.tenant_id and not e.is_quiet
            and (e.transaction, e.sequence) > (t.transaction, t.sequence)
    ), unheard as materialized (
        select tenant_id, transaction, sequence from loud
        union all
        select q.tenant_id, q.transaction, q.sequence
        from (select distinct transaction, operation_id from loud) l
        join events q on q.is_quiet and q.transaction = l.transaction
            and q.operation_id is not distinct from l.operation_id
    ), turned as (
        update listeners t
        set transaction = pg_current_xact_id(),
            sequence = coalesce((
                select max(u.sequence) from unheard u
                where u.tenant_id = t.tenant_id
                    and (u.transaction, u.sequence) <= (t.transaction, t.sequence)), 0)
        where t.state <> 'even' or t.transaction >= future
    ), moved as (
        update events e set transaction = pg_current_xact_id()
        from unheard u
        where e.tenant_id = u.tenant_id and e.transaction = u.transaction
            and e.sequence = u.sequence
    )
    update listener_leases set transaction = pg_current_xact_id(), sequence = 9223372036854775807;
    update events set transaction = '1'
    where not is_quiet and transaction >= future and transaction <> pg_current_xact_id();
end $$;
