-- Page 1,000 of a list skips 20,000 contacts. With the sorted column beside its expression their
-- index alone answers; without it each skipped row is read (24 µs instead of 0.1).

drop index contacts_by_name;
create index contacts_by_name on contacts (tenant_id, sort_key(name), id) include (name)
    where deleted_at is null;
drop index contacts_by_company;
create index contacts_by_company
    on contacts (tenant_id, sort_key(coalesce(company, '')), id) include (company)
    where deleted_at is null;
drop index contacts_by_email;
create index contacts_by_email on contacts (tenant_id, coalesce(email, ''), id) include (email)
    where deleted_at is null;
drop index contacts_by_last_contact;
create index contacts_by_last_contact
    on contacts (tenant_id, coalesce(last_contact_at, '-infinity'::timestamptz), id)
    include (last_contact_at)
    where deleted_at is null;
