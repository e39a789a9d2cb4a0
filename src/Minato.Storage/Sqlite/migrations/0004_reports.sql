-- Whom somebody has blocked. Of people who are gone, too: what they said is still there, and stays hidden.
create table blocks (
  user_id    integer not null,               -- who does not want to hear
  blocked_id integer not null,
  at         integer not null,
  primary key (user_id, blocked_id)
) strict, without rowid;

-- What was reported to those who run the server: a copy, which outlives the message's edits and erasing.
create table reports (
  id          integer primary key autoincrement,
  by_user     integer not null,
  at          integer not null,              -- by the clock
  reason      text,                          -- null: erased with who wrote it
  room_id     integer not null,
  room_title  text not null,                 -- as it was then; nothing newer of the room is told
  seq         integer not null,              -- of the message
  said_at     integer not null,
  author      integer not null,
  body        text,                          -- null: erased with who wrote it
  resolved_at integer,
  resolved_by integer,
  resolution  integer                        -- Resolution; null: open
) strict;
create unique index reports_open on reports (by_user, room_id, seq) where resolved_at is null;
create index reports_of_message on reports (room_id, seq) where resolved_at is null;
create index reports_to_resolve on reports (id) where resolved_at is null;
create index reports_resolved on reports (id) where resolved_at is not null;
create index reports_by_author on reports (author);
create index reports_by_time on reports (at);
create index reports_by_resolved_at on reports (resolved_at) where resolved_at is not null;

-- How far ahead of their pace somebody is with an act that is limited by the hour, in one number: the time at which they would be level again.
create table paces (
  user_id  integer not null,
  act      integer not null,                 -- as in client_ids
  level_at integer not null,
  primary key (user_id, act)
) strict, without rowid;
create index paces_by_level on paces (level_at);

insert into sqlite_stat1 (tbl, idx, stat) values
  ('blocks', 'blocks', '100000 100 1'),
  ('paces', 'paces', '10000 2 1'),
  ('paces', 'paces_by_level', '10000 1'),
  ('reports', 'reports_open', '10000 100 10 1'),
  ('reports', 'reports_of_message', '10000 100 2'),
  ('reports', 'reports_to_resolve', '10000 1'),
  ('reports', 'reports_resolved', '10000 1'),
  ('reports', 'reports_by_author', '10000 10'),
  ('reports', 'reports_by_time', '10000 1'),
  ('reports', 'reports_by_resolved_at', '10000 1');
analyze sqlite_schema;
