-- "Zona São João" and "Zona Sao Joao" look alike in every list: one rule, that of searching, tells
-- teams apart, in the program and here.
-- Of those that were made alike before, the later ones get the first number that is free.
drop index teams__name__taken;
-- bulk: every company's at once, before anybody reads them.
do $$
declare
    twin record;
    place int;
    candidate text;
begin
    for twin in
        select t.tenant_id, t.id, t.name
        from (
            select tenant_id, id, name, created_at, row_number() over (
                partition by tenant_id, sort_key(name) order by created_at, id) as place
            from teams
            where deleted_at is null) t
        where t.place > 1
        order by t.created_at, t.id
    loop
        place := 2;
        loop
            candidate := left(twin.name, 90) || ' (' || place || ')';
            exit when not exists (
                select from teams other
                where other.tenant_id = twin.tenant_id and other.deleted_at is null
                and sort_key(other.name) = sort_key(candidate));
            place := place + 1;
        end loop;
        -- bulk: see above; nobody has seen a later version yet.
        update teams set name = candidate, version = version + 1
        where tenant_id = twin.tenant_id and id = twin.id;
    end loop;
end $$;
create unique index teams__name__taken on teams (tenant_id, sort_key(name))
    where deleted_at is null;
