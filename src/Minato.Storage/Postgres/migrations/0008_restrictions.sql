-- What the columns mean stands in the schema of SQLite.
alter table rooms add column restrictions bigint not null default 0;
alter table rooms add column member_limit bigint;
alter table rooms add column room_key text;
