-- What the columns mean stands in the schema of SQLite.
alter table users add column role bigint not null default 0;
create index users_owning on users (id) where role = 3;
