-- Into which rooms somebody was invited.
create index invites_by_user on invites (user_id, room_id);
