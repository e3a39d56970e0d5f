-- Cells that were mended before the run, and whether lines of totals are taken.
alter table imports add column wishes jsonb not null default '{}';
