-- What an import was doing when it failed, so that it can go on there. Null: nothing would help.
alter table imports add column failed_in text;
