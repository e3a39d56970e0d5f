-- Jobs that stand in line (decision 0155): behind the one of their key that is at work ('behind'), or
-- until a budget lets them begin ('paced'); and those of a group that is held ('held'). None of them
-- is 'ready', so however many wait, taking jobs costs what it did.
alter table job_kinds
    add column serial_by text,
    add column paced_by text,
    add column paced_ms bigint[] not null default '{}',
    add column paced_most bigint[] not null default '{}';

alter table jobs
    add column place bigint not null generated always as identity,
    add column serial_key text,
    add column paced_key text,
    add column group_id uuid,
    drop constraint jobs__state__not_an_option,
    add constraint jobs__state__not_an_option check (
        state in ('later', 'ready', 'running', 'dead', 'behind', 'paced', 'held'));

-- The head of a line: whatever else goes wrong, there is only one.
create unique index jobs__serial_key__taken on jobs (queue, kind, serial_key)
    where serial_key is not null and state in ('later', 'paced', 'ready', 'running');
create index jobs_behind on jobs (queue, kind, serial_key, place) where state = 'behind';
create index jobs_paced on jobs (queue, paced_key, priority desc, place) where state = 'paced';
create index jobs_held on jobs (queue, id) where state = 'held';
create index jobs_of_group on jobs (tenant_id, group_id, state) where group_id is not null;
drop index jobs__unique_key__taken;
create unique index jobs__unique_key__taken on jobs (queue, kind, unique_key)
    where state in ('later', 'ready', 'behind', 'paced', 'held') and unique_key is not null;

-- What is said of a group, until nothing of it is left to say it of.
create table job_groups (
    tenant_id    uuid    not null default current_tenant(),
    id           uuid    not null,
    is_held      boolean not null default false,
    is_cancelled boolean not null default false,
    not_before   timestamptz,

    primary key (tenant_id, id)
);
call isolate_system('job_groups', 'select, insert, update, delete');

-- Lines that somebody has joined: whoever looks after jobs looks at each once. `kind` is null where it
-- is the line of a budget. Whoever joins waits for nobody, and is never overlooked: the row is seen
-- with the job, after the commit.
create table job_lines (
    id    bigint not null generated always as identity,
    queue uuid   not null,
    kind  text,
    key   text   not null,

    primary key (id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
call isolate_system('job_lines', 'insert');

-- What of a budget is used: of each of its windows twentieths of it, the last one begun, and the
-- 21 that a stretch of its length can touch. So no stretch ever has more than `most`.
create table call_budgets (
    queue         uuid        not null,
    key           text        not null,
    spans_ms      bigint[]    not null default '{}',
    last_span     bigint[]    not null default '{}',
    used          bigint[]    not null default '{}',  -- 21 of each window, the last one first
    resting_until timestamptz,
    due_at        timestamptz,  -- when those who wait for it are looked at; null: nobody waits
    used_at       timestamptz not null default now(),

    primary key (queue, key)
) with (fillfactor = 50);
create index call_budgets_due on call_budgets (due_at) where due_at is not null;
call isolate_system('call_budgets');

-- The day of the company on which each kind that comes daily was enqueued last.
create table company_schedules (
    tenant_id uuid not null,
    kind      text not null,
    ran_on    date not null,

    primary key (tenant_id, kind)
);
call isolate_system('company_schedules');
