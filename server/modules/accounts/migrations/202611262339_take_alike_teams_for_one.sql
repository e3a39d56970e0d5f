-- "Zona São João" and "Zona Sao Joao" look alike in every list: one rule, that of searching, tells
-- teams apart, in the program and here. Of teams that were made alike before, the later ones get a number.
-- bulk: every company's at once, before anybody reads them.
update teams set name = left(teams.name, 90) || ' (' || twins.place || ')', version = version + 1
from (
    select tenant_id, id, row_number() over (
        partition by tenant_id, sort_key(name) order by created_at, id) as place
    from teams where deleted_at is null) twins
where twins.tenant_id = teams.tenant_id and twins.id = teams.id and twins.place > 1;
drop index teams__name__taken;
create unique index teams__name__taken on teams (tenant_id, sort_key(name)) where deleted_at is null;
