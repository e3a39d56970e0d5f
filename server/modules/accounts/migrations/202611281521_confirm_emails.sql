-- Whose an address is has been shown by what was mailed there, or by whoever let them in. Those who
-- registered by themselves have shown nothing yet.
alter table identities add column email_confirmed_at timestamptz default now();
comment on column identities.email_confirmed_at is 'null: registered, and nothing mailed came back';

-- A link that went by mail shows that whoever uses it reads what is sent to their address.
alter table password_resets add column is_mailed boolean not null default false;

-- An address that somebody wants to sign in with from now on, or the present one to be confirmed:
-- what is mailed there says whether it is theirs. One an identity; only the digest of its token.
create table email_changes (
    tenant_id   uuid        not null,
    identity_id uuid        not null,
    user_id     uuid        not null,
    email       text        not null,
    digest      text        not null,
    created_at  timestamptz not null default now(),
    expires_at  timestamptz not null,

    primary key (identity_id),
    constraint email_changes__email__too_long check (char_length(email) <= 254),
    constraint email_changes__identity_id__not_found
        foreign key (identity_id) references identities on delete cascade,
    constraint email_changes__user_id__not_found
        foreign key (tenant_id, user_id) references users on delete cascade
);
create unique index email_changes__digest__taken on email_changes (digest);
create index email_changes_by_user on email_changes (tenant_id, user_id);
call isolate_system('email_changes');
