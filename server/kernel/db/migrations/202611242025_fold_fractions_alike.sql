-- PostgreSQL 17's dictionary puts a blank before the fractions that 15's does not: they are written
-- out before it sees them, so that the key of a text is the same wherever the database runs.
create or replace function sort_key(given text) returns text
language plpgsql immutable parallel safe strict as $$
begin
    given := translate(given, E'\t\n\u000b\f\r\u00a0', '      ');
    if position('  ' in given) > 0 then
        given := regexp_replace(given, ' +', ' ', 'g');
    end if;
    if given ~ '[¼½¾]' then
        given := replace(replace(replace(given, '¼', '1/4'), '½', '1/2'), '¾', '3/4');
    end if;
    -- Also of a column that compares bytes (collate "C"), whose lower() knows ASCII only.
    return lower(public.unaccent('public.unaccent', btrim(given)) collate "default");
end $$;
