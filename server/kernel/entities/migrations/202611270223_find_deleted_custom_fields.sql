-- Every read of a record asks which of its values belong to deleted fields; nearly always none.
create index custom_fields_deleted on custom_fields (tenant_id, entity, key)
    where deleted_at is not null;
