-- They moved to the settings of their module.
alter table tenants
    drop column new_contact_days,
    drop column duplicate_phones,
    drop column duplicate_emails,
    drop column duplicate_documents;
