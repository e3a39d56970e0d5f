-- PostgreSQL 17's dictionary puts a blank before every fraction, not only before those that the
-- migration before this one wrote out. On 15 no key changes by it.
create or replace function sort_key(given text) returns text
language plpgsql immutable parallel safe strict as $$
begin
    given := translate(given, E'\t\n\u000b\f\r\u00a0', '      ');
    if position('  ' in given) > 0 then
        given := regexp_replace(given, ' +', ' ', 'g');
    end if;
    if given ~ '[¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅟↉]' then
        given := replace(replace(replace(given, '¼', '1/4'), '½', '1/2'), '¾', '3/4');
        given := replace(replace(replace(given, '⅐', '1/7'), '⅑', '1/9'), '⅒', '1/10');
        given := replace(replace(replace(given, '⅓', '1/3'), '⅔', '2/3'), '⅕', '1/5');
        given := replace(replace(replace(given, '⅖', '2/5'), '⅗', '3/5'), '⅘', '4/5');
        given := replace(replace(replace(given, '⅙', '1/6'), '⅚', '5/6'), '⅛', '1/8');
        given := replace(replace(replace(given, '⅜', '3/8'), '⅝', '5/8'), '⅞', '7/8');
        given := replace(replace(given, '⅟', '1/'), '↉', '0/3');
    end if;
    -- Also of a column that compares bytes (collate "C"), whose lower() knows ASCII only.
    return lower(public.unaccent('public.unaccent', btrim(given)) collate "default");
end $$;
