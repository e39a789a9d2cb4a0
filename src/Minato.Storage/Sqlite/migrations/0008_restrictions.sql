-- What a room holds back from those who do not moderate it.
alter table rooms add column restrictions integer not null default 0;  -- Restrictions
alter table rooms add column member_limit integer;                    -- null: none
alter table rooms add column room_key text;                           -- null: none; whoever moderates may read it
