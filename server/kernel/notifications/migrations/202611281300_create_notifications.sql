-- What each person is told. As long as one is unread, what belongs to the same group is counted in
-- it instead of standing beside it.
create table notifications (
    tenant_id uuid        not null default current_tenant(),
    id        uuid        not null default new_id(),
    user_id   uuid        not null,
    kind      text        not null,
    group_key text        not null,
    entity    text        not null,
    record_id uuid,
    actor_id  uuid,
    facts     jsonb       not null default '{}',
    count     integer     not null default 1,
    at        timestamptz not null,
    read_at   timestamptz,
    is_mailed boolean     not null default false,  -- goes into the daily mail
    mailed_at timestamptz,

    primary key (tenant_id, id)
) with (fillfactor = 80);
create unique index notifications__group_key__taken on notifications (tenant_id, user_id, kind, group_key)
    where read_at is null;
create index notifications_by_time on notifications (tenant_id, user_id, at, id);
create index notifications_to_mail on notifications (tenant_id, user_id, at)
    where is_mailed and mailed_at is null and read_at is null;
create index notifications_by_age on notifications (at);
call isolate_tenant('notifications', for_system => true);

-- What somebody chose otherwise than it is declared.
create table notification_choices (
    tenant_id uuid    not null default current_tenant(),
    user_id   uuid    not null,
    kind      text    not null,
    shown     boolean not null,
    mailed    boolean not null,

    primary key (tenant_id, user_id, kind)
);
call isolate_tenant('notification_choices');
