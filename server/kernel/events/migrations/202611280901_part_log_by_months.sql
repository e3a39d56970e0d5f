-- The log in parts, a month each, so that an old month goes by dropping a table. A month is a block
-- of 2^40 sequence numbers: the cut between two months is one jump of the sequence, known long
-- before, so parts are made ahead, and whoever knows a sequence knows the part. What stood here
-- before is the first part as it is, together with the rest of this month.
alter table events rename to events_0;
alter table events_0 rename constraint events_pkey to events_0_pkey;
alter index events_in_order rename to events_0_in_order;
alter index events_by_operation rename to events_0_by_operation;
alter index events_passing rename to events_0_passing;
alter index events_of_company_in_order rename to events_0_of_company_in_order;
alter index events_quiet_in_order rename to events_0_quiet_in_order;
alter table event_subjects rename to event_subjects_0;
alter table event_subjects_0 rename constraint event_subjects_pkey to event_subjects_0_pkey;
delete from isolated_tables
where table_name in ('events_0'::regclass, 'event_subjects_0'::regclass);

create sequence events_sequence;
select setval('events_sequence', nextval(pg_get_serial_sequence('events_0', 'sequence')), false);
alter table events_0 alter column sequence drop identity;

create table events (like events_0 including defaults) partition by range (sequence);
alter table events alter column sequence set default nextval('events_sequence');
alter sequence events_sequence owned by events.sequence;
alter table events add primary key (tenant_id, entity, entity_id, sequence);
create index events_in_order on events (transaction, sequence) where not is_quiet;
create index events_by_operation on events (tenant_id, operation_id, entity_id)
    where operation_id is not null and version > 1;
create index events_passing on events (transaction, sequence) where is_passing;
create index events_of_company_in_order on events (tenant_id, transaction, sequence)
    where not is_quiet;
create index events_quiet_in_order on events (transaction, sequence) where is_quiet;

-- Narrow, and read from many sides at once: a part has twelve months.
create table event_subjects (like event_subjects_0 including defaults)
    partition by range (sequence);
alter table event_subjects add primary key (tenant_id, subject_id, entity, sequence);

alter table events attach partition events_0 for values from (minvalue) to (1099511627776);
alter table event_subjects attach partition event_subjects_0
    for values from (minvalue) to (13194139533312);

call isolate_system('events', 'select, insert');
call isolate_system('event_subjects', 'select, insert');
call wall_in_parts('events');
call wall_in_parts('event_subjects');

-- The months that are kept. All that stands in one that has ended was written by transactions below
-- `ended_before`.
create table log_months (
    number       bigint      not null,
    begun_at     timestamptz not null default now(),
    ended_at     timestamptz,
    ended_before xid8,

    primary key (number)
);
call isolate_system('log_months', 'select');
insert into log_months (number) values (0);

-- From which sequence on to look, so that the months before are left alone: for what was written
-- by this transaction or a later one; for what happened at that moment or later, by clocks that may
-- go wrong by a day. Stable and not inlined: the parts are chosen when a statement begins, and one
-- kept plan does for all.
create function log_from(unheard xid8) returns bigint language plpgsql stable parallel safe as $$
begin
    return (select coalesce(min(number), 0) << 40 from log_months
            where ended_before is null or ended_before > unheard);
end $$;

create function log_since(moment timestamptz) returns bigint
language plpgsql stable parallel safe as $$
begin
    return (select coalesce(min(number), 0) << 40 from log_months
            where ended_at is null or ended_at > moment - interval '1 day');
end $$;

-- The same number: a place in the log that is known, for the sake of what stands above.
create function log_place(known bigint) returns bigint
language plpgsql stable parallel safe as $$
begin
    return known;
end $$;

-- Since when everything is kept that happened; null while nothing has gone.
create function log_kept_since() returns timestamptz language sql stable parallel safe as $$
    select begun_at from log_months
    where number > 0 and number = (select min(number) from log_months)
$$;

-- Parts belong to the owner, so what follows has the owner's rights, which end at its own wall
-- unless it says that it maintains; and only `…_system` asks.
create function require_log_keeper() returns void language plpgsql as $$
begin
    perform set_config('ponte.maintenance', 'on', true);
    if current_setting('role') <> role_named('system') and session_user <> current_user then
        raise insufficient_privilege using message = 'the log is kept by the system alone';
    end if;
end $$;

create function make_log_part(whole text, part bigint, months bigint) returns integer
language plpgsql as $$
declare
    name constant text := whole || '_' || part;
begin
    if to_regclass(name) is not null then
        return 0;
    end if;
    execute format('create table %I (like %I)', name, whole);
    call wall_in(name);
    execute format('alter table %I attach partition %I for values from (%s) to (%s)',
                   whole, name, (part * months) << 40, ((part + 1) * months) << 40);
    return 1;
end $$;

-- Two months ahead. Nobody waits for it: attaching an empty table locks out no reader or writer.
create function make_log_months() returns integer language plpgsql security definer
set search_path = public, pg_temp set lock_timeout = '300ms'
as $$
declare
    newest bigint;
    made integer := 0;
begin
    perform require_log_keeper();
    select number into strict newest from log_months order by number desc limit 1 for update;
    for coming in newest + 1 .. newest + 2 loop
        made := made + make_log_part('events', coming, 1)
                     + make_log_part('event_subjects', coming / 12, 12);
    end loop;
    return made;
end $$;

-- Ends the month that the calendar has left; true when it did. For a moment nobody writes: then all
-- who drew a number below the cut are done, and whoever begins later draws one above it. Waits for
-- writers no longer than others may wait for it: then 55P03, and it is tried again. The sequence
-- jumps for good even when the rest is undone, hence never back.
create function end_log_month() returns boolean language plpgsql security definer
set search_path = public, pg_temp set lock_timeout = '300ms'
as $$
declare
    last log_months;
    following bigint;
begin
    perform require_log_keeper();
    select * into strict last from log_months order by number desc limit 1 for update;
    if date_trunc('month', last.begun_at at time zone 'UTC')
        = date_trunc('month', clock_timestamp() at time zone 'UTC') then
        return false;
    end if;
    following := last.number + 1;
    if to_regclass('events_' || following) is null
        or to_regclass('event_subjects_' || following / 12) is null then
        raise exception 'the part of the coming month is missing';
    end if;
    lock table events in share row exclusive mode;
    perform setval('events_sequence', following << 40, false)
    from events_sequence where last_value < following << 40;
    update log_months
    set ended_at = clock_timestamp(), ended_before = pg_snapshot_xmax(pg_current_snapshot())
    where number = last.number;
    insert into log_months (number, begun_at) values (following, clock_timestamp());
    return true;
end $$;

-- Drops the oldest month when it ended so many months ago: no row when it did not. It stays, and
-- those after it, while a listener has yet to hear something of it; then its name, and the company
-- that is behind or has been set aside.
create function drop_log_month(
    months_kept integer, out month_number bigint, out unheard_by text, out company uuid
) returns setof record language plpgsql security definer
set search_path = public, pg_temp set lock_timeout = '300ms'
as $$
declare
    oldest log_months;
begin
    perform require_log_keeper();
    select * into strict oldest from log_months order by number limit 1 for update;
    if oldest.ended_at is null
        or oldest.ended_at >= now() - make_interval(months => greatest(months_kept, 1)) then
        return;
    end if;
    month_number := oldest.number;
    select l.name, null into unheard_by, company from listener_leases l
    where l.transaction < oldest.ended_before order by l.name limit 1;
    if unheard_by is null then
        select t.name, t.tenant_id into unheard_by, company from listeners t
        where t.state <> 'even' and t.transaction < oldest.ended_before
        order by t.name, t.tenant_id limit 1;
    end if;
    if unheard_by is null then
        execute format('drop table %I', 'events_' || oldest.number);
        if oldest.number % 12 = 11 then
            execute format('drop table %I', 'event_subjects_' || oldest.number / 12);
        end if;
        delete from log_months where number = oldest.number;
    end if;
    return next;
end $$;

select make_log_months();

-- What passes and has been heard (decision 0133). A row is found by its key, wherever its month is.
create function remove_passed_events(most bigint) returns bigint language sql
set enable_hashjoin = off set enable_mergejoin = off
as $$
    with passed as not materialized (
        select e.tenant_id, e.entity, e.entity_id, e.transaction, e.sequence, e.is_quiet
        from events e
        where e.is_passing and e.at < now() - interval '15 minutes'
            and not exists (select from listener_leases l
                            where (l.transaction, l.sequence) < (e.transaction, e.sequence))
    ), last as (
        select transaction, sequence from passed p where not is_quiet
        order by p.transaction desc, sequence desc limit 1
    ), going as materialized (
        select p.* from passed p, last
        where (p.transaction, p.sequence) < (last.transaction, last.sequence)
            and not exists (select from listeners l
                            where l.tenant_id = p.tenant_id and l.state <> 'even'
                                and (l.transaction, l.sequence) < (p.transaction, p.sequence))
        order by p.transaction, p.sequence limit most
    ), gone as (
        delete from events e using going g
        where e.tenant_id = g.tenant_id and e.entity = g.entity and e.entity_id = g.entity_id
            and e.sequence = g.sequence
        returning 1
    )
    select count(*) from gone
$$;

-- A restored database counts its transactions anew. What it brought along is over and done, so it
-- moves below everything that will be written here; but what a company has yet to hear is heard
-- after it, as if it had been written now.
create or replace function settle_log() returns void language plpgsql as $$
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
    -- Months ended by the old count, and hold what is told anew: they end now.
    update log_months
    set ended_before = ((pg_current_xact_id()::text::numeric + 1)::text)::xid8
    where ended_before is not null;
    update events set transaction = '1'
    where not is_quiet and transaction >= future and transaction <> pg_current_xact_id();
end $$;
