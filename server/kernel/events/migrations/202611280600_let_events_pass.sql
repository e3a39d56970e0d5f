-- Of messages and the like the log keeps nothing once everybody has been told: what goes is found by
-- an index that holds nothing else.
alter table events add column is_passing boolean not null default false;
create index events_passing on events (transaction, sequence) where is_passing;
