-- What the columns mean stands in the schema of SQLite.
create table room_patterns (
  room_id     bigint not null,
  list        bigint not null,
  pattern_key text collate "C" not null,
  pattern     text not null,
  by_user     bigint not null,
  at          bigint not null,
  primary key (room_id, list, pattern_key)
);
alter table rooms add column patterns bigint not null default 0;

create table room_topics (
  room_id bigint primary key,
  seq     bigint not null,
  user_id bigint not null,
  at      bigint not null
);
insert into room_topics (room_id, seq, user_id, at)
select e.room_id, e.seq, e.user_id, e.ts from events e
join (select room_id, max(seq) as seq from events where kind = 5 group by room_id) as last on last.room_id = e.room_id and last.seq = e.seq;
