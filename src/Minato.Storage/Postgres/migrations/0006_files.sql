-- The same as in Sqlite/migrations, whose remarks hold here, too.

create table files (
  id      bigint generated always as identity primary key,
  uid     uuid not null unique,
  room_id bigint not null,
  seq     bigint not null,
  user_id bigint not null references users (id),
  name    text not null,
  type    text not null,
  size    bigint not null,
  sha256  bytea not null,
  at      bigint not null,
  state   bigint not null
);
create index files_by_author on files (user_id, size);
create index files_by_message on files (room_id, seq);
create index files_waiting on files (at) where state = 0;
create index files_removed on files (id) where state = 2;
