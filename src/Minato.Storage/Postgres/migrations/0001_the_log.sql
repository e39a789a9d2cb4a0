-- The same tables as in Sqlite/migrations, whose remarks hold here, too. Keys that are text are compared by bytes, as there.

create table users (
  id         bigint generated always as identity primary key,
  uid        uuid not null unique,
  kind       bigint not null,
  nick       text not null,
  nick_key   text collate "C" not null,
  created_at bigint not null,
  ended_at   bigint
);
create unique index users_by_nick on users (nick_key) where ended_at is null;
create index users_visiting on users (id) where kind = 1 and ended_at is null;

create table sessions (
  token_hash bytea primary key,
  user_id    bigint not null references users (id),
  created_at bigint not null
);
create index sessions_by_user on sessions (user_id);

create table rooms (
  id                bigint generated always as identity primary key,
  uid               uuid not null unique,
  kind              bigint not null,
  slug              text,
  slug_key          text collate "C" unique,
  direct_key        text collate "C" unique,
  title             text not null,
  topic             text not null default '',
  history           bigint not null default 0,
  retention_days    bigint,
  created_at        bigint not null,
  archived_at       bigint,
  members           bigint not null default 0
);
create index rooms_with_retention on rooms (id) where retention_days is not null;

create table room_heads (
  room_id       bigint primary key references rooms (id),
  seq           bigint not null,
  post_no       bigint not null,
  ts            bigint not null,
  first_seq     bigint not null default 1,
  trimmed_posts bigint not null default 0,
  acl_version   bigint not null default 1
) with (fillfactor = 50);  -- every commit writes it again: on the same page, and without touching the index

create table events (
  room_id bigint not null,
  seq     bigint not null,
  kind    bigint not null,
  user_id bigint not null,
  ts      bigint not null,
  post_no bigint not null,
  target  bigint,
  subject bigint,
  value   bigint,
  primary key (room_id, seq)
);
create index events_edits on events (room_id, target) where kind = 6;

create table bodies (
  room_id bigint not null,
  seq     bigint not null,
  body    text,
  primary key (room_id, seq)
);

create table messages (
  room_id     bigint not null,
  seq         bigint not null,
  post_no     bigint not null,
  user_id     bigint not null,
  ts          bigint not null,
  body_seq    bigint not null,
  changed_seq bigint not null,
  edited_at   bigint,
  deleted_at  bigint,
  reply_to    bigint,
  thread_root bigint,
  everyone    bigint not null default 0,
  primary key (room_id, seq)
);
create index messages_by_thread on messages (room_id, thread_root, seq) where thread_root is not null;

create index messages_to_everyone on messages (room_id, seq) where everyone = 1;

create table reactions (
  room_id bigint not null,
  seq     bigint not null,
  emoji   text collate "C" not null,
  user_id bigint not null,
  at      bigint not null,
  primary key (room_id, seq, emoji, user_id)
);

create table pins (
  room_id bigint not null,
  seq     bigint not null,
  by_user bigint not null,
  at      bigint not null,
  primary key (room_id, seq)
);

create table mentions (
  user_id bigint not null,
  ts      bigint not null,
  room_id bigint not null,
  seq     bigint not null,
  primary key (user_id, ts, room_id, seq)
);
create index mentions_by_message on mentions (room_id, seq);

create table erasures (
  room_id   bigint not null,
  user_id   bigint not null,
  up_to_seq bigint not null,
  after_seq bigint not null,
  seq       bigint not null,
  ts        bigint not null,
  primary key (room_id, user_id, up_to_seq)
);
create index erasures_to_do on erasures (room_id, user_id, up_to_seq) where after_seq < up_to_seq;

create table client_ids (
  user_id bigint not null,
  cid     text collate "C" not null,
  act     bigint not null,
  room_id bigint not null,
  seq     bigint not null,
  ts      bigint not null,
  claimed_at bigint not null,
  primary key (user_id, cid)
);

create table members (
  room_id    bigint not null,
  user_id    bigint not null,
  role       bigint not null,
  primary key (room_id, user_id)
);
create index members_by_user on members (user_id, room_id);

create table invites (
  room_id bigint not null,
  user_id bigint not null,
  by_user bigint not null,
  at      bigint not null,
  primary key (room_id, user_id)
);

create table bans (
  room_id bigint not null,
  user_id bigint not null,
  by_user bigint not null,
  at      bigint not null,
  until   bigint,
  primary key (room_id, user_id)
);

create table mutes (
  room_id bigint not null,
  user_id bigint not null,
  by_user bigint not null,
  at      bigint not null,
  until   bigint,
  primary key (room_id, user_id)
);

create table member_spans (
  room_id  bigint not null,
  user_id  bigint not null,
  from_seq bigint not null,
  to_seq   bigint,
  primary key (room_id, user_id, from_seq)
);

create table read_positions (
  room_id bigint not null,
  user_id bigint not null,
  seq     bigint not null,
  post_no bigint not null,
  primary key (room_id, user_id)
);

-- Who writes, and the number of its newest batch: a commit whose answer was lost is looked up here.
create table writers (
  id         uuid primary key,
  batch      bigint not null,
  started_at bigint not null
) with (fillfactor = 50);
