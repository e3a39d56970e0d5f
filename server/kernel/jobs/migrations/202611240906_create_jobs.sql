-- Durable work. A row is written in the transaction that wants the work and deleted with its success;
-- what is here is waiting, running under a lease, or given up.
create table job_kinds (
    kind      text    not null,
    priority  integer not null default 0,
    is_long   boolean not null default false,
    lease_ms  bigint  not null default 60000,
    max_tries integer not null default 8,

    primary key (kind)
);
call isolate_system('job_kinds', 'select');

create table jobs (
    tenant_id      uuid        default current_tenant(),  -- null: of the whole installation
    id             uuid        not null default new_id(),
    -- Who takes turns with whom: the tenant, or the nil id for the installation.
    queue          uuid        not null generated always as (
        coalesce(tenant_id, '00000000-0000-0000-0000-000000000000')) stored,
    kind           text        not null,
    args           jsonb       not null default '{}',
    state          text        not null default 'ready',
    is_long        boolean     not null default false,
    priority       integer     not null default 0,
    run_at         timestamptz not null default now(),
    tries          integer     not null default 0,
    delays         integer     not null default 0,  -- put off without having failed itself
    lease_until    timestamptz,
    lease_token    uuid,
    unique_key     text,
    last_error     text,
    progress_done  bigint,
    progress_total bigint,
    created_at     timestamptz not null default now(),

    -- Ids are unique in the world; the tenant cannot be part of the key, since some jobs have none.
    primary key (id),
    constraint jobs__state__not_an_option check (state in ('later', 'ready', 'running', 'dead'))
) with (
    fillfactor = 70,
    -- A queue is rewritten all day long: sweep it often and at full speed.
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0.2, autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_scale_factor = 0.5
);
-- Only what may run now: a campaign of next week costs today's workers nothing.
create index jobs_ready on jobs (is_long, queue, priority desc, run_at) where state = 'ready';
create index jobs_later on jobs (run_at) where state = 'later';
create index jobs_running on jobs (lease_token) where state = 'running';
create index jobs_dead on jobs (queue, id) where state = 'dead';
create unique index jobs__unique_key__taken on jobs (queue, kind, unique_key)
    where state in ('later', 'ready') and unique_key is not null;
call isolate_system('jobs', 'select, insert, update, delete');

-- Work that comes by the clock, once for the installation whatever the number of nodes.
create table job_schedules (
    kind        text        not null,
    every_ms    bigint,
    daily_at    time,
    timezone    text        not null,
    next_run_at timestamptz not null,

    primary key (kind),
    constraint job_schedules__every_ms__range check (every_ms > 0),
    constraint job_schedules__daily_at__required check ((every_ms is null) <> (daily_at is null))
);
call isolate_system('job_schedules');
