-- The log and what is derived from it, complete from the first day: what is still unused is used by what is coming.
-- Times are milliseconds since 1970 UTC; seq and post_no count from 1 in each room; ids outside are UUIDv7 (16 bytes).

create table users (
  id         integer primary key autoincrement,  -- never used again
  uid        blob not null unique,
  kind       integer not null,                    -- UserKind
  nick       text not null,
  nick_key   text not null,                       -- case and width folded
  created_at integer not null,
  ended_at   integer                              -- the id stays, the nick is free again
) strict;
create unique index users_by_nick on users (nick_key) where ended_at is null;
create index users_visiting on users (id) where kind = 1 and ended_at is null;  -- those whom a killed server left behind

create table sessions (
  token_hash blob primary key,                    -- SHA-256; the token itself is only in the browser
  user_id    integer not null references users (id),
  created_at integer not null
) strict, without rowid;
create index sessions_by_user on sessions (user_id);

create table rooms (
  id                integer primary key autoincrement,
  uid               blob not null unique,
  kind              integer not null,             -- RoomKind
  slug              text,
  slug_key          text unique,                  -- case and width folded; null for direct rooms
  direct_key        text unique,                  -- the sorted user ids of a direct room
  title             text not null,
  topic             text not null default '',
  history           integer not null default 0,   -- HistoryView: what newcomers of a private room see
  retention_days    integer,                      -- null: for ever
  created_at        integer not null,
  archived_at       integer,
  members           integer not null default 0    -- how many there are in members
) strict;
create index rooms_with_retention on rooms (id) where retention_days is not null;

-- Apart from rooms, because every commit writes it and nothing else does.
create table room_heads (
  room_id       integer primary key references rooms (id),
  seq           integer not null,
  post_no       integer not null,
  ts            integer not null,
  first_seq     integer not null default 1,       -- below it are bare envelopes, and resume answers "reset"
  trimmed_posts integer not null default 0,       -- the newest post_no below first_seq: what is gone is not unread
  acl_version   integer not null default 1        -- raised by whatever changes who may do what
) strict;

-- The envelope: never deleted, gapless.
create table events (
  room_id integer not null,
  seq     integer not null,
  kind    integer not null,                       -- EventKind
  user_id integer not null,
  ts      integer not null,
  post_no integer not null,                       -- of this post, or of the newest before it
  target  integer,                                -- the seq of the message that an edit, reaction, pin … is about, or that a post answers
  subject integer,                                -- the user whom a kick, ban, role … is about
  value   integer,                                -- on/off, until when, which role; of a post: where its thread began
  primary key (room_id, seq)
) strict, without rowid;
create index events_edits on events (room_id, target) where kind = 6;  -- whose bodies go when a message is deleted

-- What somebody wrote, erasable apart from the envelope: posts, edits (under the edit's seq), topics, titles, reactions' emoji.
create table bodies (
  room_id integer not null,
  seq     integer not null,
  body    text,                                   -- null: erased
  primary key (room_id, seq)
) strict, without rowid;

-- The current state of each post, so that a page of history is a page of messages as of the head.
create table messages (
  room_id     integer not null,
  seq         integer not null,                   -- of the post
  post_no     integer not null,
  user_id     integer not null,
  ts          integer not null,
  body_seq    integer not null,                   -- whose body is the current one
  changed_seq integer not null,                   -- the newest event about it: clients ignore older changes
  edited_at   integer,
  deleted_at  integer,
  reply_to    integer,
  thread_root integer,
  everyone    integer not null default 0,         -- @everyone is one flag, not a row for each member
  primary key (room_id, seq)
) strict, without rowid;
create index messages_by_thread on messages (room_id, thread_root, seq) where thread_root is not null;

create index messages_to_everyone on messages (room_id, seq) where everyone = 1;

create table reactions (
  room_id integer not null,
  seq     integer not null,                       -- of the message
  emoji   text not null,
  user_id integer not null,
  at      integer not null,
  primary key (room_id, seq, emoji, user_id)
) strict, without rowid;

create table pins (
  room_id integer not null,
  seq     integer not null,                       -- of the message
  by_user integer not null,
  at      integer not null,
  primary key (room_id, seq)
) strict, without rowid;

create table mentions (
  user_id integer not null,
  ts      integer not null,                       -- of the message: the newest are asked for
  room_id integer not null,
  seq     integer not null,
  primary key (user_id, ts, room_id, seq)
) strict, without rowid;
create index mentions_by_message on mentions (room_id, seq);

-- Somebody's messages in a room that were erased all at once: those with after_seq < seq <= up_to_seq are for every reader, and
-- their bodies are still to be removed, slice by slice; each slice raises after_seq. No two rows of a user and room overlap, and the newest stays.
create table erasures (
  room_id   integer not null,
  user_id   integer not null,
  up_to_seq integer not null,
  after_seq integer not null,
  seq       integer not null,                     -- of the event that says so
  ts        integer not null,
  primary key (room_id, user_id, up_to_seq)
) strict, without rowid;
create index erasures_to_do on erasures (room_id, user_id, up_to_seq) where after_seq < up_to_seq;

-- What was answered to which client id; kept for 30 days, longer than any outbox lives.
create table client_ids (
  user_id integer not null,
  cid     text not null,
  act     integer not null,                       -- which kind of command: EventKind, 100 a rename, 101 opening a direct room
  room_id integer not null,                       -- 0 for a rename
  seq     integer not null,
  ts      integer not null,                       -- as answered: the room's time, which may be far from the clock's
  claimed_at integer not null,                    -- by the clock: 30 days count from here
  primary key (user_id, cid)
) strict, without rowid;

create table members (
  room_id    integer not null,
  user_id    integer not null,
  role       integer not null,                    -- Standing
  primary key (room_id, user_id)
) strict, without rowid;
create index members_by_user on members (user_id, room_id);

create table invites (
  room_id integer not null,
  user_id integer not null,
  by_user integer not null,
  at      integer not null,
  primary key (room_id, user_id)
) strict, without rowid;

create table bans (
  room_id integer not null,
  user_id integer not null,
  by_user integer not null,
  at      integer not null,
  until   integer,                                -- null: until somebody ends it
  primary key (room_id, user_id)
) strict, without rowid;

-- Apart from members: leaving a public room is no way around it.
create table mutes (
  room_id integer not null,
  user_id integer not null,
  by_user integer not null,
  at      integer not null,
  until   integer,                                -- null: until somebody ends it
  primary key (room_id, user_id)
) strict, without rowid;

-- What a member may see of a room that is not open to everyone.
create table member_spans (
  room_id  integer not null,
  user_id  integer not null,
  from_seq integer not null,
  to_seq   integer,                               -- null: still there
  primary key (room_id, user_id, from_seq)
) strict, without rowid;

create table read_positions (
  room_id integer not null,
  user_id integer not null,
  seq     integer not null,
  post_no integer not null,                       -- of the newest post at or below seq
  primary key (room_id, user_id)
) strict, without rowid;

-- How the keys are spread, written by hand: without it the planner takes no index of the second rank, and with ANALYZE it would
-- change its mind as a workspace grows. Rows in the table, then rows for each value of the first column, of the first two …
analyze sqlite_schema;
insert into sqlite_stat1 (tbl, idx, stat) values
  ('rooms', null, '1000'),
  ('users', null, '10000'),
  ('room_heads', null, '1000'),
  ('events', 'events', '10000000 100000 1'),
  ('events', 'events_edits', '100000 1000 2'),
  ('bodies', 'bodies', '10000000 100000 1'),
  ('messages', 'messages', '10000000 100000 1'),
  ('messages', 'messages_by_thread', '1000000 10000 10 1'),
  ('messages', 'messages_to_everyone', '100000 1000 1'),
  ('reactions', 'reactions', '1000000 10000 3 2 1'),
  ('pins', 'pins', '10000 10 1'),
  ('mentions', 'mentions', '1000000 1000 2 1 1'),
  ('mentions', 'mentions_by_message', '1000000 10000 2'),
  ('client_ids', 'client_ids', '1000000 1000 1'),
  ('members', 'members', '100000 100 1'),
  ('members', 'members_by_user', '100000 20 1'),
  ('member_spans', 'member_spans', '100000 100 2 1'),
  ('read_positions', 'read_positions', '100000 100 1');
analyze sqlite_schema;
