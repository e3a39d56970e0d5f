-- Who signs in: one e-mail and one password in the whole installation (X-09). A user is what an
-- identity is within a company. Only sign-in code ever reads this table.
create table identities (
    id                  uuid        not null default new_id(),
    email               text        not null,
    password_hash       text        not null,
    is_operator         boolean     not null default false,
    password_changed_at timestamptz not null default now(),
    created_at          timestamptz not null default now(),
    updated_at          timestamptz not null default now(),

    primary key (id),
    constraint identities__email__too_long check (char_length(email) <= 254)
);
create unique index identities__email__taken on identities (lower(email));
call isolate_system('identities');
