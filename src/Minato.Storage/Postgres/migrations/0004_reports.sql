-- What the columns mean stands in the schema of SQLite.
create table blocks (
  user_id    bigint not null,
  blocked_id bigint not null,
  at         bigint not null,
  primary key (user_id, blocked_id)
);

create table reports (
  id          bigint generated always as identity primary key,
  by_user     bigint not null,
  at          bigint not null,
  reason      text,
  room_id     bigint not null,
  room_title  text not null,
  seq         bigint not null,
  said_at     bigint not null,
  author      bigint not null,
  body        text,
  resolved_at bigint,
  resolved_by bigint,
  resolution  bigint
);
create unique index reports_open on reports (by_user, room_id, seq) where resolved_at is null;
create index reports_of_message on reports (room_id, seq) where resolved_at is null;
create index reports_to_resolve on reports (id) where resolved_at is null;
create index reports_resolved on reports (id) where resolved_at is not null;
create index reports_by_author on reports (author);
create index reports_by_time on reports (at);
create index reports_by_resolved_at on reports (resolved_at) where resolved_at is not null;

create table paces (
  user_id  bigint not null,
  act      bigint not null,
  level_at bigint not null,
  primary key (user_id, act)
);
create index paces_by_level on paces (level_at);
