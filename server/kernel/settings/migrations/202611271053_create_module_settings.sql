-- What a company decided about a module otherwise than its defaults: {"new_contact_days": 7}.
create table module_settings (
    tenant_id  uuid        not null default current_tenant(),
    id         uuid        not null default new_id(),
    module     text        not null,
    values     jsonb       not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version    bigint      not null default 1,

    primary key (tenant_id, id),
    constraint module_settings__module__taken unique (tenant_id, module),
    constraint module_settings__module__too_long check (char_length(module) <= 63),
    constraint module_settings__values__type check (jsonb_typeof(values) = 'object')
);
call isolate_tenant('module_settings');
