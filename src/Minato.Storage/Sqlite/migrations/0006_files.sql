-- Files that people upload: what is known of them. Their bytes lie beside the database, each under its uid.

create table files (
  id      integer primary key autoincrement,
  uid     blob not null unique,
  room_id integer not null,
  seq     integer not null,                  -- of the message that brought it; while it waits, the room's head when it came
  user_id integer not null references users (id),
  name    text not null,
  type    text not null,                     -- by its first bytes, never by its name
  size    integer not null,                  -- bytes
  sha256  blob not null,
  at      integer not null,                  -- when it came, by the clock
  state   integer not null                   -- FileState
) strict;
create index files_by_author on files (user_id, size);
create index files_by_message on files (room_id, seq);
create index files_waiting on files (at) where state = 0;
create index files_removed on files (id) where state = 2;

insert into sqlite_stat1 (tbl, idx, stat) values
  ('files', 'sqlite_autoindex_files_1', '100000 1'),
  ('files', 'files_by_author', '100000 100 1'),
  ('files', 'files_by_message', '100000 1000 1'),
  ('files', 'files_waiting', '100 1'),
  ('files', 'files_removed', '100 1');
analyze sqlite_schema;
