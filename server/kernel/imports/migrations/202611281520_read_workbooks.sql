-- The sheets of a workbook, and which of them is read, counted from 1; null for what is text.
alter table uploads
    add column sheets text[] not null default '{}',
    add column sheet integer,
    add constraint uploads__sheet__range check (sheet between 1 and cardinality(sheets));
