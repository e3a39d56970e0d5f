-- What companies decided about customers stood among the columns of the company itself.
-- bulk: a move; nobody's decision changes.
insert into module_settings (tenant_id, module, values)
select tenant_id, 'customers', chosen
from (select tenant_id, jsonb_strip_nulls(jsonb_build_object(
          'new_contact_days', nullif(new_contact_days, 30),
          'duplicate_phones', nullif(duplicate_phones, 'warn'),
          'duplicate_emails', nullif(duplicate_emails, 'warn'),
          'duplicate_documents', nullif(duplicate_documents, 'warn'))) as chosen
      from tenants) decided
where chosen <> '{}';
