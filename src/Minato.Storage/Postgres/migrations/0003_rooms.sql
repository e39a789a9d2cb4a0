-- What the columns mean stands in the schema of SQLite.
alter table users add column role bigint not null default 0;
create index users_owning on users (id) where role = 3;

update rooms set history = 1 where kind = 0;

alter table rooms add column posting bigint not null default 0;
alter table rooms add column slow_seconds bigint;

create table slow_posts (
  room_id bigint not null,
  user_id bigint not null,
  at      bigint not null,
  primary key (room_id, user_id)
);

alter table members add column since bigint not null default 0;
update members set since = came.seq
from (select room_id, user_id, max(seq) as seq from events where kind in (1, 3) group by room_id, user_id) as came
where came.room_id = members.room_id and came.user_id = members.user_id;

create table room_links (
  id          bigint generated always as identity primary key,
  uid         uuid not null unique,
  room_id     bigint not null,
  secret_hash bytea not null unique,
  by_user     bigint not null,
  until       bigint not null,
  uses        bigint not null,
  used        bigint not null default 0
);
create index room_links_by_room on room_links (room_id, id);
