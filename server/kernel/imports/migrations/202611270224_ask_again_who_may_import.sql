-- An import goes on in somebody's name with the rights that they have at each chunk: not those of the
-- moment at which it began, and not its author's when another person continues or undoes it.
alter table imports add column asker_id uuid;
update imports set asker_id = created_by;
alter table imports drop column update_reach;
