-- The second thing that somebody shows when they sign in, beside the password: codes of an app
-- (RFC 6238). Of the login, so of every company in which it works. Until it is confirmed, nobody is
-- asked for it.
create table second_factors (
    identity_id   uuid        not null,
    secret        text        not null,  -- sealed
    confirmed_at  timestamptz,
    last_step     bigint      not null default 0,  -- no code is taken twice
    failures      integer     not null default 0,
    resting_until timestamptz,
    created_at    timestamptz not null default now(),

    primary key (identity_id),
    constraint second_factors__identity_id__not_found
        foreign key (identity_id) references identities on delete cascade
);
call isolate_system('second_factors');

-- For the day on which the telephone is lost: each works once. Only digests are kept.
create table recovery_codes (
    identity_id uuid        not null,
    digest      text        not null,
    used_at     timestamptz,

    primary key (identity_id, digest),
    constraint recovery_codes__identity_id__not_found
        foreign key (identity_id) references second_factors on delete cascade
);
call isolate_system('recovery_codes');
