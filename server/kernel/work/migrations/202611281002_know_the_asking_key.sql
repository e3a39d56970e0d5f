-- What an API key has asked for goes on with the rights of that key, not with all of its maker's.
alter table operations add column asker_key_id uuid;
alter table imports add column asker_key_id uuid;
