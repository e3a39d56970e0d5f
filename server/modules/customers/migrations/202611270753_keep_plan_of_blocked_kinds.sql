-- Asked at each new contact: plpgsql keeps the plan, sql made it anew each time.
create or replace function blocked_kinds() returns text[] language plpgsql stable as $$
begin
    return (
        select nullif(array_remove(array[
            case when duplicate_phones = 'block' then 'phone' end,
            case when duplicate_emails = 'block' then 'email' end,
            case when duplicate_documents = 'block' then 'document' end], null), '{}')
        from tenants where tenant_id = current_tenant());
end $$;
