-- The line of the file that names the columns; 0 where none does.
alter table uploads add column header_line bigint not null default 0;
update uploads set header_line = 1 where has_header;
