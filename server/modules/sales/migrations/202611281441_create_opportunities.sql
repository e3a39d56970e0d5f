-- What a contact may buy: where it stands, what it is worth, what comes next.
create table opportunities (
    tenant_id        uuid          not null default current_tenant(),
    id               uuid          not null default new_id(),
    contact_id       uuid          not null,
    title            text          not null,
    pipeline_id      uuid,
    stage_id         uuid,
    status           text          not null default 'open',
    value            bigint,
    monthly_value    bigint,
    months           bigint,
    total            bigint        not null default 0,
    probability      numeric(11,4),
    weighted         bigint        not null default 0,
    expected_close   date,
    next_step        text,
    next_step_on     date,
    assigned_to      uuid,
    tags             uuid[]        not null default '{}',
    competitors      text,
    notes            text,
    lost_reason_id   uuid,
    lost_note        text,
    stage_entered_at timestamptz,
    closed_at        timestamptz,
    time_to_close    bigint,
    custom           jsonb         not null default '{}',
    search           text          generated always as (sort_key(title)) stored,
    created_at       timestamptz   not null default now(),
    updated_at       timestamptz   not null default now(),
    created_by       uuid,
    version          bigint        not null default 1,
    deleted_at       timestamptz,

    primary key (tenant_id, id),
    constraint opportunities__contact_id__not_found
        foreign key (tenant_id, contact_id) references contacts,
    constraint opportunities__title__too_long
        check (char_length(title) <= 200),
    constraint opportunities__pipeline_id__not_found
        foreign key (tenant_id, pipeline_id) references pipelines,
    constraint opportunities__stage_id__not_found
        foreign key (tenant_id, stage_id) references stages,
    constraint opportunities__status__not_an_option
        check (status in ('open', 'won', 'lost')),
    constraint opportunities__next_step__too_long
        check (char_length(next_step) <= 200),
    constraint opportunities__assigned_to__not_found
        foreign key (tenant_id, assigned_to) references users,
    constraint opportunities__competitors__too_long
        check (char_length(competitors) <= 300),
    constraint opportunities__notes__too_long
        check (char_length(notes) <= 5000),
    constraint opportunities__lost_reason_id__not_found
        foreign key (tenant_id, lost_reason_id) references lost_reasons,
    constraint opportunities__lost_note__too_long
        check (char_length(lost_note) <= 500)
);
create index opportunities_by_contact_id on opportunities
    (tenant_id, contact_id, created_at, id) where deleted_at is null;
create index opportunities_by_pipeline_id on opportunities
    (tenant_id, pipeline_id, created_at, id) where deleted_at is null;
create index opportunities_by_stage_id on opportunities
    (tenant_id, stage_id, created_at, id) where deleted_at is null;
-- A column of the board, who came last first.
create index opportunities_in_stage on opportunities
    (tenant_id, stage_id, coalesce(stage_entered_at, '-infinity'::timestamptz) desc, id)
    where deleted_at is null;
create index opportunities_by_assigned_to on opportunities
    (tenant_id, assigned_to, created_at, id) where deleted_at is null;
create index opportunities_by_tags on opportunities using gin (tenant_id, tags);
create index opportunities_by_lost_reason_id on opportunities
    (tenant_id, lost_reason_id, created_at, id) where deleted_at is null;
create index opportunities_by_title on opportunities
    (tenant_id, sort_key(title), id) include (title) where deleted_at is null;
create index opportunities_by_status on opportunities
    (tenant_id, status, id) where deleted_at is null;
create index opportunities_by_value on opportunities
    (tenant_id, coalesce(value, -9223372036854775808), id) include (value) where deleted_at is null;
create index opportunities_by_total on opportunities
    (tenant_id, total, id) where deleted_at is null;
create index opportunities_by_weighted on opportunities
    (tenant_id, weighted, id) where deleted_at is null;
create index opportunities_by_expected_close on opportunities
    (tenant_id, coalesce(expected_close, '-infinity'::date), id) include (expected_close)
    where deleted_at is null;
create index opportunities_by_next_step_on on opportunities
    (tenant_id, coalesce(next_step_on, '-infinity'::date), id) include (next_step_on)
    where deleted_at is null;
create index opportunities_by_stage_entered_at on opportunities
    (tenant_id, coalesce(stage_entered_at, '-infinity'::timestamptz), id) include (stage_entered_at)
    where deleted_at is null;
create index opportunities_by_closed_at on opportunities
    (tenant_id, coalesce(closed_at, '-infinity'::timestamptz), id) include (closed_at)
    where deleted_at is null;
create index opportunities_by_creation on opportunities
    (tenant_id, created_at, id) where deleted_at is null;
create index opportunities_by_change on opportunities
    (tenant_id, updated_at, id) where deleted_at is null;
create index opportunities_by_fragment on opportunities using gin (tenant_id, search gin_trgm_ops);
call count_by('opportunities', 'status');
call isolate_tenant('opportunities');

-- What would be sold, and who has a say in it: they live inside (Entity::lives_inside).
create table opportunity_items (
    tenant_id      uuid    not null default current_tenant(),
    id             uuid    not null default new_id(),
    opportunity_id uuid    not null,
    product_id     uuid,
    description    text    not null,
    quantity       numeric not null default 1,
    unit_price     bigint  not null,
    total          bigint  not null default 0,
    position       bigint  not null,

    primary key (tenant_id, id),
    constraint opportunity_items__opportunity_id__not_found
        foreign key (tenant_id, opportunity_id) references opportunities on delete cascade,
    constraint opportunity_items__product_id__not_found
        foreign key (tenant_id, product_id) references products,
    constraint opportunity_items__description__too_long
        check (char_length(description) <= 500)
);
create index opportunity_items_by_opportunity_id on opportunity_items
    (tenant_id, opportunity_id, position, id);
create index opportunity_items_by_product_id on opportunity_items (tenant_id, product_id);
call isolate_tenant('opportunity_items');

create table opportunity_contacts (
    tenant_id      uuid   not null default current_tenant(),
    id             uuid   not null default new_id(),
    opportunity_id uuid   not null,
    contact_id     uuid   not null,
    role           text   not null default 'influencer',
    position       bigint not null,

    primary key (tenant_id, id),
    constraint opportunity_contacts__opportunity_id__not_found
        foreign key (tenant_id, opportunity_id) references opportunities on delete cascade,
    constraint opportunity_contacts__contact_id__not_found
        foreign key (tenant_id, contact_id) references contacts,
    constraint opportunity_contacts__role__not_an_option
        check (role in ('decision_maker', 'influencer', 'user', 'technical', 'financial', 'other'))
);
create index opportunity_contacts_by_opportunity_id on opportunity_contacts
    (tenant_id, opportunity_id, position, id);
create index opportunity_contacts_by_contact_id on opportunity_contacts (tenant_id, contact_id);
call isolate_tenant('opportunity_contacts');

-- Through which stages an opportunity has come: until the next one it stood there. Kept beside the
-- log, whose old months go.
create table stage_moves (
    tenant_id      uuid        not null default current_tenant(),
    id             uuid        not null default new_id(),
    opportunity_id uuid        not null,
    stage_id       uuid        not null,
    moved_by       uuid,
    moved_at       timestamptz not null,

    primary key (tenant_id, id),
    constraint stage_moves__opportunity_id__not_found
        foreign key (tenant_id, opportunity_id) references opportunities on delete cascade,
    constraint stage_moves__stage_id__not_found
        foreign key (tenant_id, stage_id) references stages
);
create index stage_moves_by_opportunity_id on stage_moves
    (tenant_id, opportunity_id, moved_at, id);
create index stage_moves_by_stage_id on stage_moves (tenant_id, stage_id, moved_at);
call isolate_tenant('stage_moves');
