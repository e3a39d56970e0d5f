-- What the company wants when two contacts share a key, by its kind: imports ask before they write.
create function contact_points_policies() returns table (kind text, policy text)
language sql stable as $$
    select p.kind, p.policy
    from tenants n
    cross join lateral (values ('phone', n.duplicate_phones), ('email', n.duplicate_emails),
                               ('document', n.duplicate_documents)) as p (kind, policy)
    where n.tenant_id = current_tenant()
$$;
