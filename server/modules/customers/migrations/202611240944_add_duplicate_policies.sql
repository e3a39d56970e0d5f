-- What happens when a contact gets a phone, e-mail or document that another one has is the
-- company's own choice: refuse it, tell of it, or say nothing (X-42).

-- Kinds of contact points that no two contacts may share; null when there are none.
create function blocked_kinds() returns text[] language sql stable as $$
    select nullif(array_remove(array[
        case when duplicate_phones = 'block' then 'phone' end,
        case when duplicate_emails = 'block' then 'email' end,
        case when duplicate_documents = 'block' then 'document' end], null), '{}')
    from tenants where tenant_id = current_tenant()
$$;

-- Whoever writes one of these keys waits for the one who came first, then looks. Many at once (an
-- import) take the company as a whole instead of a lock for every key.
create function refuse_twins(contact_ids uuid[], kinds text[]) returns void
language plpgsql as $$
declare
    company constant bigint := hashtextextended(current_tenant()::text || 'contact_points', 0);
    twin_kind text;
begin
    if cardinality(contact_ids) > 20 then
        perform pg_advisory_xact_lock(company);
    else
        perform pg_advisory_xact_lock_shared(company);
        perform pg_advisory_xact_lock(hashtextextended(current_tenant()::text || name, 0))
        from (select distinct kind || ':' || match_key as name from contact_points
              where tenant_id = current_tenant() and contact_id = any (contact_ids)
              and kind = any (kinds) order by name) names;
    end if;
    select p.kind into twin_kind
    from contact_points p
    join contact_points other on other.tenant_id = p.tenant_id and other.kind = p.kind
        and other.match_key = p.match_key and other.contact_id <> p.contact_id
    join contacts c on c.tenant_id = other.tenant_id and c.id = other.contact_id
        and c.deleted_at is null
    where p.tenant_id = current_tenant() and p.contact_id = any (contact_ids)
    and p.kind = any (kinds)
    limit 1;
    if found then
        raise unique_violation using message = 'another contact has this ' || twin_kind,
            constraint = 'contacts__' || twin_kind || '__taken';
    end if;
end $$;

create function refuse_new_twins() returns trigger language plpgsql as $$
declare
    kinds constant text[] := blocked_kinds();
begin
    if kinds is not null then
        perform refuse_twins(array_agg(id), kinds) from added where deleted_at is null;
    end if;
    return null;
end $$;
-- Triggers of one moment run by name: points stand before twins are looked for.
create trigger twins_of_new after insert on contacts
    referencing new table as added
    for each statement execute function refuse_new_twins();

create function refuse_changed_twin() returns trigger language plpgsql as $$
declare
    kinds constant text[] := blocked_kinds();
begin
    if kinds is not null then
        perform refuse_twins(array[new.id], kinds);
    end if;
    return null;
end $$;
create trigger twins_of_changed after update of phone, email, document, deleted_at on contacts
    for each row
    when (new.deleted_at is null and (old.phone, old.email, old.document, old.deleted_at)
          is distinct from (new.phone, new.email, new.document, new.deleted_at))
    execute function refuse_changed_twin();
