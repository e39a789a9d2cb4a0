-- Who is what on the server.
alter table users add column role integer not null default 0;   -- ServerRole
create index users_owning on users (id) where role = 3;         -- there is always one left

-- A public room may hide from newcomers what was said before, too; those that there are show all of it, as they did.
update rooms set history = 1 where kind = 0;

alter table rooms add column posting integer not null default 0;  -- Posting
alter table rooms add column slow_seconds integer;                -- between two posts of somebody; null: no slow mode

-- When somebody last posted in a room with slow mode: by the clock, because the room's time may be far from it.
create table slow_posts (
  room_id integer not null,
  user_id integer not null,
  at      integer not null,
  primary key (room_id, user_id)
) strict, without rowid;

-- The event with which they came: who has been there longest is a room's next owner. By the log, for what they may see can begin
-- before they came; 0 where it names nobody, as of who was put into a direct room.
alter table members add column since integer not null default 0;
update members set since = came.seq
from (select room_id, user_id, max(seq) as seq from events where kind in (1, 3) group by room_id, user_id) as came
where came.room_id = members.room_id and came.user_id = members.user_id;

-- A row goes when it is revoked, and when another link is made after it let in whom it could.
create table room_links (
  id          integer primary key autoincrement,
  uid         blob not null unique,
  room_id     integer not null,
  secret_hash blob not null unique,   -- SHA-256; the secret itself is only with whom it was given to
  by_user     integer not null,
  until       integer not null,
  uses        integer not null,       -- how many it lets in
  used        integer not null default 0
) strict;
create index room_links_by_room on room_links (room_id, id);

insert into sqlite_stat1 (tbl, idx, stat) values
  ('slow_posts', 'slow_posts', '10000 100 1'),
  ('room_links', 'room_links_by_room', '10000 10 1');
analyze sqlite_schema;
