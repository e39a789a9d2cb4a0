-- Whom a room keeps out or lets in by what can be seen of them.
create table room_patterns (
  room_id     integer not null,
  list        integer not null,   -- PatternList
  pattern_key text not null,      -- UserPattern.Key
  pattern     text not null,
  by_user     integer not null,
  at          integer not null,
  primary key (room_id, list, pattern_key)
) strict, without rowid;
alter table rooms add column patterns integer not null default 0;  -- how many of them

-- Who set the topic that a room has, by which event and when.
create table room_topics (
  room_id integer primary key,
  seq     integer not null,
  user_id integer not null,
  at      integer not null
) strict;
insert into room_topics (room_id, seq, user_id, at)
select e.room_id, e.seq, e.user_id, e.ts from events e
join (select room_id, max(seq) as seq from events where kind = 5 group by room_id) as last on last.room_id = e.room_id and last.seq = e.seq;
