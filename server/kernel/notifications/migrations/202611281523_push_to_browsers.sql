-- Browsers that somebody wants to be told in. What the browser gave is sealed: whoever has it may
-- write to that browser. It goes with the session that it was given in.
create table push_subscriptions (
    tenant_id  uuid        not null default current_tenant(),
    id         uuid        not null default new_id(),
    user_id    uuid        not null,
    session_id uuid        not null,
    digest     text        not null,  -- of its address: one row a browser
    sealed     text        not null,
    agent      text        not null default '',
    created_at timestamptz not null default now(),
    seen_at    timestamptz not null default now(),

    primary key (tenant_id, id),
    constraint push_subscriptions__agent__too_long check (char_length(agent) <= 500)
);
create unique index push_subscriptions__digest__taken on push_subscriptions (tenant_id, digest);
create index push_subscriptions_by_user on push_subscriptions (tenant_id, user_id);
create index push_subscriptions_by_session on push_subscriptions (tenant_id, session_id);
create index push_subscriptions_by_age on push_subscriptions (seen_at);
call isolate_tenant('push_subscriptions', for_system => true);

alter table notifications add column pushed_at timestamptz;
create index notifications_to_push on notifications (tenant_id, user_id, at)
    where pushed_at is null and read_at is null;
alter table notification_choices add column pushed boolean not null default true;
