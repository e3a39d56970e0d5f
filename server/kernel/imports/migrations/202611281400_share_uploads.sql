-- Where files are in a store that all nodes share, what was sent to be imported is there as well
-- (decision 0154): as it is read, and as it was sent where that is something else.
alter table uploads add column file_id uuid, add column sent_file_id uuid;
-- What goes by its age is found by it.
create index files_of_uploads on files (created_at) where entity = 'upload';
