-- The policies are settings of the module now; what nobody chose is 'warn', as declared.
create or replace function blocked_kinds() returns text[] language plpgsql stable as $$
begin
    return (
        select nullif(array_remove(array[
            case when s.values ->> 'duplicate_phones' = 'block' then 'phone' end,
            case when s.values ->> 'duplicate_emails' = 'block' then 'email' end,
            case when s.values ->> 'duplicate_documents' = 'block' then 'document' end], null),
            '{}')
        from module_settings s where s.tenant_id = current_tenant() and s.module = 'customers');
end $$;

create or replace function contact_points_policies() returns table (kind text, policy text)
language sql stable as $$
    select p.kind, coalesce(s.values ->> p.setting, 'warn')
    from (values ('phone', 'duplicate_phones'), ('email', 'duplicate_emails'),
                 ('document', 'duplicate_documents')) as p (kind, setting)
    left join module_settings s on s.tenant_id = current_tenant() and s.module = 'customers'
$$;
