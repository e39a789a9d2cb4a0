-- What servers tell each other besides the log: what is to be read again, by whoever has somebody who must know. Rows are of use for minutes.
create table changes (
  id       bigint generated always as identity primary key,
  xid      xid8 not null default pg_current_xact_id(),
  at       timestamptz not null default now(),
  writer   uuid not null,
  kind     bigint not null,
  user_id  bigint,
  other_id bigint,
  room_id  bigint,
  seq      bigint
);
create index changes_by_xid on changes (xid);
create index changes_by_age on changes (at);
