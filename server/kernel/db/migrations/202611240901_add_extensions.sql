-- Search without accents, by fragments, and by tenant and fragment in one index. All three are
-- trusted: the owner of a database may add them.
create extension if not exists unaccent schema public;
create extension if not exists pg_trgm schema public;
create extension if not exists btree_gin schema public;
