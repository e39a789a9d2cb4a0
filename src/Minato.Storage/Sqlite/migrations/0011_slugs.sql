-- What each room is called and was called, case and width folded: a name that has led to a room never leads to another.
create table room_slugs (
  slug_key text primary key,
  room_id  integer not null
) strict, without rowid;
create index room_slugs_by_room on room_slugs (room_id);
insert into room_slugs (slug_key, room_id) select slug_key, id from rooms where slug_key is not null;
alter table rooms add column first_slug text;  -- as it was made; null: it has that name still
