-- A face for people, and a sign for their company.
alter table users add column photo_id uuid,
    add constraint users__photo_id__not_found foreign key (tenant_id, photo_id) references files;
alter table tenants add column logo_id uuid,
    add constraint tenants__logo_id__not_found foreign key (tenant_id, logo_id) references files;
