-- "Pão" and "Pao" look alike in every list: one rule, that of searching, tells labels apart, in the
-- program and here. Of labels that were made alike before, the later ones get a number.
-- bulk: every company's at once, before anybody reads them.
update tags set name = left(tags.name, 190) || ' (' || twins.place || ')', version = version + 1
from (
    select tenant_id, id, row_number() over (
        partition by tenant_id, sort_key(name) order by created_at, id) as place
    from tags where deleted_at is null) twins
where twins.tenant_id = tags.tenant_id and twins.id = tags.id and twins.place > 1;
drop index tags__name__taken;
create unique index tags__name__taken on tags (tenant_id, sort_key(name)) where deleted_at is null;
