-- What somebody wrote down about a contact.
create table notes (
    tenant_id  uuid        not null default current_tenant(),
    id         uuid        not null default new_id(),
    contact_id uuid        not null,
    body       text        not null,
    pinned     boolean     not null default false,
    search     text        generated always as (sort_key(body)) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    created_by uuid,
    version    bigint      not null default 1,
    deleted_at timestamptz,

    primary key (tenant_id, id),
    constraint notes__contact_id__not_found
        foreign key (tenant_id, contact_id) references contacts on delete cascade,
    constraint notes__body__empty check (btrim(body) <> ''),
    constraint notes__body__too_long check (char_length(body) <= 20000)
);
create index notes_by_contact on notes (tenant_id, contact_id, created_at, id);
create index notes_by_creation on notes (tenant_id, created_at, id);
create index notes_by_change on notes (tenant_id, updated_at, id);
create index notes_by_fragment on notes using gin (tenant_id, search gin_trgm_ops);
call isolate_tenant('notes');

-- A note is an interaction with its contact, so it moves two computed fields there. They are no
-- data that somebody edited: the contact keeps its version, and an open form does not clash with a
-- note. A trigger, because a note may also come back from the recycle bin or be undone with others.
create function count_new_notes() returns trigger language plpgsql as $$
begin
    -- bulk: computed fields; the note's own event tells of it.
    update contacts c
    set total_interactions = c.total_interactions + n.count,
        last_contact_at = greatest(c.last_contact_at, n.latest)
    from (select tenant_id, contact_id, count(*), max(created_at) as latest
          from added where deleted_at is null group by tenant_id, contact_id) n
    where c.tenant_id = n.tenant_id and c.id = n.contact_id;
    return null;
end $$;
create trigger count_new after insert on notes
    referencing new table as added
    for each statement execute function count_new_notes();

create function count_moved_note() returns trigger language plpgsql as $$
begin
    -- bulk: as above
    update contacts
    set total_interactions = greatest(0, total_interactions
            + case when new.deleted_at is null then 1 else -1 end)
    where tenant_id = new.tenant_id and id = new.contact_id;
    return null;
end $$;
create trigger count_moved after update of deleted_at on notes
    for each row
    when ((old.deleted_at is null) <> (new.deleted_at is null))
    execute function count_moved_note();
