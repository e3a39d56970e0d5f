-- Who asks, set for one transaction (`set_config('app.tenant', …, true)`). After such a transaction
-- the setting is empty and no longer missing, hence nullif.
create function current_tenant() returns uuid language sql stable parallel safe as $$
    select nullif(current_setting('app.tenant', true), '')::uuid
$$;

-- A UUIDv7 as Id::make writes it: 48 bits of milliseconds, the version, 12 bits of their fraction,
-- then chance.
create function new_id() returns uuid language sql volatile parallel safe as $$
    select (overlay(lpad(to_hex((extract(epoch from clock_timestamp()) * 4096000)::bigint), 15, '0')
                    placing '7' from 13 for 0)
            || substr(gen_random_uuid()::text, 20))::uuid
$$;
