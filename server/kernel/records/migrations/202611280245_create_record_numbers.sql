-- The number that the newest record of an entity got in its company (Field::numbered). Whoever makes
-- one holds the row until the commit: no number is given twice, and none is left out.
create table record_numbers (
    tenant_id uuid   not null default current_tenant(),
    entity    text   not null,
    last      bigint not null,

    primary key (tenant_id, entity),
    constraint record_numbers__entity__too_long check (char_length(entity) <= 63)
);
call isolate_tenant('record_numbers');
