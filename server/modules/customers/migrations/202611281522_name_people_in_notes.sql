-- Who is named in a note ("@Carlos Meireles"): ids of users, kept by the module's own code.
alter table notes add column mentions jsonb not null default '[]';
