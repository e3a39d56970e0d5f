-- A link with which somebody who cannot sign in chooses a new password. One an identity: a newer link
-- takes the place of the older one, and using it, another password or a deactivation removes it.
-- Only the digest of its token is kept.
create table password_resets (
    tenant_id   uuid        not null,
    identity_id uuid        not null,
    user_id     uuid        not null,
    digest      text        not null,
    created_at  timestamptz not null default now(),
    created_by  uuid,
    expires_at  timestamptz not null,

    primary key (identity_id),
    constraint password_resets__identity_id__not_found
        foreign key (identity_id) references identities on delete cascade,
    constraint password_resets__user_id__not_found
        foreign key (tenant_id, user_id) references users on delete cascade
);
create unique index password_resets__digest__taken on password_resets (digest);
create index password_resets_by_user on password_resets (tenant_id, user_id);
call isolate_system('password_resets');
