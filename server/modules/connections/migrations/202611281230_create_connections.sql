-- What a company has with another system: an account that it connected, and how that is.
create table connections (
    tenant_id   uuid        not null default current_tenant(),
    id          uuid        not null default new_id(),
    integration text        not null,
    name        text        not null,
    settings    jsonb,
    state       text        not null default 'unfinished',
    account     text,
    scopes      text,
    problem     text,
    problem_at  timestamptz,
    checked_at  timestamptz,
    ok_at       timestamptz,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    created_by  uuid,
    version     bigint      not null default 1,
    deleted_at  timestamptz,

    primary key (tenant_id, id),
    constraint connections__state__not_an_option
        check (state in ('unfinished', 'connected', 'needs_attention', 'disconnected'))
);
create index connections_by_creation on connections (tenant_id, created_at, id)
    where deleted_at is null;
create index connections_by_change on connections (tenant_id, updated_at, id)
    where deleted_at is null;
call isolate_tenant('connections', for_system => true);

-- What opens the other system, sealed for its place: secret settings, a code that was brought back
-- and is not yet exchanged, tokens. Never read for an answer.
create table connection_secrets (
    tenant_id     uuid        not null default current_tenant(),
    connection_id uuid        not null,
    kind          text        not null,
    sealed        text        not null,
    expires_at    timestamptz,
    taken_by      uuid,  -- the job that renews it
    written_at    timestamptz not null default now(),

    primary key (tenant_id, connection_id, kind),
    constraint connection_secrets__connection_id__not_found
        foreign key (tenant_id, connection_id) references connections on delete cascade,
    constraint connection_secrets__kind__not_an_option
        check (kind in ('settings', 'code', 'tokens', 'revoked'))
);
create index connection_secrets_by_end on connection_secrets (expires_at) where kind = 'tokens';
call isolate_tenant('connection_secrets', for_system => true);

-- Somebody on the way to a provider. Of the state that comes back only the digest is kept; it is
-- good once, for ten minutes, for the session that went.
create table connection_attempts (
    tenant_id     uuid        not null default current_tenant(),
    digest        text        not null,
    connection_id uuid        not null,
    user_id       uuid        not null,
    session_id    uuid        not null,
    verifier      text        not null,  -- sealed
    expires_at    timestamptz not null,

    primary key (tenant_id, digest),
    constraint connection_attempts__connection_id__not_found
        foreign key (tenant_id, connection_id) references connections on delete cascade
);
create index connection_attempts_by_connection on connection_attempts (tenant_id, connection_id);
create index connection_attempts_by_end on connection_attempts (expires_at);
call isolate_tenant('connection_attempts', for_system => true);
