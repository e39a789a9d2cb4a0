-- Who is what on the server.
alter table users add column role integer not null default 0;   -- ServerRole
create index users_owning on users (id) where role = 3;         -- there is always one left
