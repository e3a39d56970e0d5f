-- What an operation was doing when it failed, so that it can go on there. Null: nothing would help.
alter table operations add column failed_in text;
