-- What happened to a proposal stands in the timeline of its contact, too. The event says which
-- records it is about, for those who hear it; a row a record makes it found from there, in order,
-- of each entity by itself: one that its reader may not read, or does not ask for, is not walked.
alter table events add column about uuid[];

create table event_subjects (
    tenant_id  uuid   not null default current_tenant(),
    subject_id uuid   not null,
    entity     text   not null,
    sequence   bigint not null,
    entity_id  uuid   not null,

    primary key (tenant_id, subject_id, entity, sequence)
);
call isolate_system('event_subjects', 'select, insert');
