-- Accounts at providers by which somebody signs in. What counts is the provider's subject; the e-mail
-- is what people know it by. Only sign-in code ever reads these tables.
create table linked_accounts (
    identity_id uuid        not null,
    provider    text        not null,
    subject     text        not null,
    email       text        not null,
    linked_at   timestamptz not null default now(),

    primary key (provider, subject),
    constraint linked_accounts__identity_id__not_found
        foreign key (identity_id) references identities on delete cascade
);
create unique index linked_accounts__identity_id__taken on linked_accounts (identity_id, provider);
call isolate_system('linked_accounts');

-- Somebody on the way to a provider, not yet signed in: the state that comes back and the word that
-- the browser kept belong together, once, for ten minutes.
create table sign_in_attempts (
    digest     text        not null,
    provider   text        not null,
    binding    text        not null,  -- digest of the word that the browser kept
    sealed     text        not null,  -- verifier and nonce
    expires_at timestamptz not null,

    primary key (digest)
);
create index sign_in_attempts_by_end on sign_in_attempts (expires_at);
call isolate_system('sign_in_attempts');
