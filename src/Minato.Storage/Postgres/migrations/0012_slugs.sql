-- What the columns mean stands in the schema of SQLite.
create table room_slugs (
  slug_key text collate "C" primary key,
  room_id  bigint not null
);
create index room_slugs_by_room on room_slugs (room_id);
insert into room_slugs (slug_key, room_id) select slug_key, id from rooms where slug_key is not null;
alter table rooms add column first_slug text;
