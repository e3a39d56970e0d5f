-- What was called for a company, without anything secret: of the address no query, of its path only
-- what the vendor's own code says may be shown.
create table outgoing_calls (
    tenant_id     uuid        not null default current_tenant(),
    id            uuid        not null default new_id(),
    at            timestamptz not null,
    vendor        text        not null,
    connection_id uuid,
    request_id    text        not null,
    method        text        not null,
    host          text        not null,
    path          text        not null default '',
    status        integer,
    trouble       text,
    ms            bigint      not null,
    bytes         bigint      not null,

    primary key (tenant_id, id)
) with (autovacuum_vacuum_insert_scale_factor = 0.2);
create index outgoing_calls_by_time on outgoing_calls (tenant_id, at desc, id desc);
create index outgoing_calls_of_connection on outgoing_calls (tenant_id, connection_id, at desc, id desc)
    where connection_id is not null;
create index outgoing_calls_passed on outgoing_calls (at);
call isolate_tenant('outgoing_calls', for_system => true);

-- Who fails in a row, or asked to be left alone: a row as long as it does. `queue` is the company, or
-- the nil id for the installation; `key` a connection or a host.
create table call_circuits (
    queue       uuid        not null,
    key         text        not null,
    failures    integer     not null default 0,
    openings    integer     not null default 0,
    open_until  timestamptz,
    probe_until timestamptz,  -- somebody is trying
    failed_at   timestamptz not null default now(),

    primary key (queue, key)
) with (fillfactor = 50);
call isolate_system('call_circuits');

-- The first troubles open nothing. Then it is left alone for longer and longer; troubles of calls that
-- were under way when it was opened say nothing new.
create function note_trouble(of_queue uuid, of_key text, failures_until_open integer,
                             first_rest_ms bigint, longest_rest_ms bigint, asked_ms bigint)
returns table (failures integer, open_until timestamptz) language plpgsql
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    kept call_circuits;
begin
    insert into call_circuits (queue, key) values (of_queue, of_key) on conflict do nothing;
    select * into kept from call_circuits c where c.queue = of_queue and c.key = of_key for update;
    if asked_ms > 0 then
        kept.open_until := greatest(kept.open_until, now() + asked_ms * interval '1 millisecond');
    else
        kept.failures := kept.failures + 1;
        if kept.failures >= failures_until_open and coalesce(kept.open_until <= now(), true) then
            kept.open_until := now() + interval '1 millisecond'
                * least(first_rest_ms * power(2, least(kept.openings, 30)), longest_rest_ms);
            kept.openings := kept.openings + 1;
        end if;
    end if;
    return query
    update call_circuits c
    set failures = kept.failures, openings = kept.openings, open_until = kept.open_until,
        probe_until = null, failed_at = now()
    where c.queue = of_queue and c.key = of_key
    returning c.failures, c.open_until;
end $$;

-- One may try when the rest is over; false: somebody does. True also when it is not there any more.
create function claim_probe(of_queue uuid, of_key text) returns boolean language plpgsql
set enable_seqscan = off
as $$
begin
    update call_circuits c set probe_until = now() + interval '1 minute'
    where c.queue = of_queue and c.key = of_key and coalesce(c.probe_until <= now(), true)
        and coalesce(c.open_until <= now(), true);
    if found then
        return true;
    end if;
    perform from call_circuits c where c.queue = of_queue and c.key = of_key;
    return not found;
end $$;
