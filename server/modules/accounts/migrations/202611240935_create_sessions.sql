-- Where somebody is signed in. A session is a chain of refresh tokens, each good for one use and
-- kept after it: a second use tells that the chain was copied, and ends the session. Only digests
-- of the tokens are kept.
create table sessions (
    tenant_id      uuid        not null,
    id             uuid        not null default new_id(),
    user_id        uuid        not null,
    remote_address text        not null default '',
    user_agent     text        not null default '',
    created_at     timestamptz not null default now(),
    last_seen_at   timestamptz not null default now(),
    expires_at     timestamptz not null,
    revoked_at     timestamptz,
    revoked_by     text,

    primary key (tenant_id, id),
    constraint sessions__user_id__not_found
        foreign key (tenant_id, user_id) references users on delete cascade,
    constraint sessions__revoked_by__not_an_option
        check (revoked_by in ('logout', 'user', 'password', 'deactivated', 'reuse'))
);
create index sessions_by_user on sessions (tenant_id, user_id, last_seen_at desc);
create index sessions_by_expiry on sessions (expires_at);
call isolate_system('sessions');

create table refresh_tokens (
    tenant_id  uuid        not null,
    digest     text        not null,
    session_id uuid        not null,
    created_at timestamptz not null default now(),
    used_at    timestamptz,

    primary key (digest),
    constraint refresh_tokens__session_id__not_found
        foreign key (tenant_id, session_id) references sessions on delete cascade
);
create index refresh_tokens_by_session on refresh_tokens (tenant_id, session_id);
call isolate_system('refresh_tokens');
