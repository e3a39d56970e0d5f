-- Ways to reach a contact, each with the key under which the same one is found again however it is
-- written. Imports, the duplicate check and incoming messages look here.
create table contact_points (
    tenant_id  uuid        not null default current_tenant(),
    contact_id uuid        not null,
    kind       text        not null,
    match_key  text        not null,
    value      text        not null,
    is_primary boolean     not null default false,
    created_at timestamptz not null default now(),

    primary key (tenant_id, contact_id, kind, match_key),
    constraint contact_points__contact_id__not_found
        foreign key (tenant_id, contact_id) references contacts on delete cascade,
    constraint contact_points__kind__format check (kind ~ '^[a-z][a-z_]{1,39}$'),
    constraint contact_points__match_key__empty check (match_key <> '')
);
create index contact_points_by_key on contact_points (tenant_id, kind, match_key, contact_id);
call isolate_tenant('contact_points');

-- The same answer as phone_match_key and email_match_key of the program, which a test compares.
-- Values are canonical already, so a Brazilian mobile always has its ninth digit; Argentina's 9 and
-- Mexico's 1 are left out.
create function match_key(kind text, value text) returns text
language sql immutable parallel safe as $$
    select case
        when kind = 'email' then lower(btrim(value) collate "C")
        when kind = 'phone' and value like '+549__________' then '54' || substr(value, 5)
        when kind = 'phone' and value like '+521__________' then '52' || substr(value, 5)
        when kind = 'phone' then ltrim(value, '+')
        else value
    end
$$;

-- A contact's own phone, e-mail and document are points, too, whoever writes it: a form, an import,
-- an undo. Hence triggers, which nobody can forget.
create function point_to_new_contacts() returns trigger language plpgsql as $$
begin
    -- bulk: an index in form of a table; contacts tell their own events.
    insert into contact_points (tenant_id, contact_id, kind, match_key, value, is_primary)
    select a.tenant_id, a.id, p.kind, match_key(p.kind, p.value), p.value, true
    from added a
    cross join lateral (values ('phone', a.phone), ('email', a.email), ('document', a.document))
        as p (kind, value)
    where match_key(p.kind, p.value) <> '';
    return null;
end $$;
create trigger point_to_new after insert on contacts
    referencing new table as added
    for each statement execute function point_to_new_contacts();

create function point_to_changed_contact() returns trigger language plpgsql as $$
begin
    delete from contact_points
    where tenant_id = new.tenant_id and contact_id = new.id and is_primary;
    insert into contact_points (tenant_id, contact_id, kind, match_key, value, is_primary)
    select new.tenant_id, new.id, p.kind, match_key(p.kind, p.value), p.value, true
    from (values ('phone', new.phone), ('email', new.email), ('document', new.document))
        as p (kind, value)
    where match_key(p.kind, p.value) <> ''
    on conflict on constraint contact_points_pkey
        do update set value = excluded.value, is_primary = true;
    return null;
end $$;
create trigger point_to_changed after update of phone, email, document on contacts
    for each row
    when ((old.phone, old.email, old.document)
          is distinct from (new.phone, new.email, new.document))
    execute function point_to_changed_contact();
