-- The companies. A directory for the whole installation, in which everybody sees only their own row:
-- `tenant_id` repeats the id, so that the wall is the same as everywhere.
create table tenants (
    tenant_id        uuid        not null default current_tenant(),
    id               uuid        not null generated always as (tenant_id) stored,
    name             text        not null,
    slug             text        not null,
    email            text,
    cnpj             text,
    plan             text        not null default 'trial',
    status           text        not null default 'active',
    timezone         text        not null default 'America/Sao_Paulo',
    locale           text        not null default 'pt-BR',
    currency         text        not null default 'BRL',
    new_contact_days integer     not null default 30,
    -- What happens when a contact gets what another one has already.
    duplicate_phones    text     not null default 'warn',
    duplicate_emails    text     not null default 'warn',
    duplicate_documents text     not null default 'warn',
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    version          bigint      not null default 1,

    primary key (tenant_id),
    constraint tenants__slug__taken unique (slug),
    constraint tenants__name__too_long check (char_length(name) <= 255),
    constraint tenants__slug__format check (slug ~ '^[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?$'),
    constraint tenants__plan__not_an_option
        check (plan in ('trial', 'basic', 'pro', 'enterprise', 'custom')),
    constraint tenants__status__not_an_option
        check (status in ('active', 'suspended', 'cancelled', 'trial', 'pending')),
    constraint tenants__locale__not_an_option check (locale in ('pt-BR', 'en')),
    constraint tenants__currency__format check (currency ~ '^[A-Z]{3}$'),
    constraint tenants__new_contact_days__range check (new_contact_days between 1 and 365),
    constraint tenants__duplicate_phones__not_an_option
        check (duplicate_phones in ('block', 'warn', 'allow')),
    constraint tenants__duplicate_emails__not_an_option
        check (duplicate_emails in ('block', 'warn', 'allow')),
    constraint tenants__duplicate_documents__not_an_option
        check (duplicate_documents in ('block', 'warn', 'allow'))
);
call isolate_tenant('tenants', for_system => true);
