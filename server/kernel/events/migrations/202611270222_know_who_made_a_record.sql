-- Whose a record is decides who with reach `own` or `team` is told of its events, as it decides who
-- may read it: its owner, and whoever made it.
alter table events add column author_id uuid;
