-- People with an account, by what they and their programs are known, and who may come in.
-- Whoever logs in by a secret is found by its SHA-256: 256 random bits need nothing slower. Passwords are the framework's hashes.

create table accounts (
  user_id             integer primary key references users (id),
  password            text not null,
  password_changed_at integer not null,
  created_at          integer not null
) strict;

-- Of a guest these are null: a guest's session is all that a guest is.
alter table sessions add column used_at integer;    -- within the hour
alter table sessions add column expires_at integer;
alter table sessions add column device text;        -- what its owner knows it by
create index sessions_by_expiry on sessions (expires_at) where expires_at is not null;

create table access_tokens (
  token_hash blob primary key,
  user_id    integer not null references users (id),
  name       text not null,
  scope      integer not null,                    -- Scope
  created_at integer not null,
  used_at    integer,                             -- within the hour
  expires_at integer                              -- null: never
) strict, without rowid;
create index access_tokens_by_user on access_tokens (user_id);

create table recovery_codes (
  code_hash blob primary key,                     -- the row goes with its use
  user_id   integer not null references users (id)
) strict, without rowid;
create index recovery_codes_by_user on recovery_codes (user_id);

-- Ways in. The one-time link for an owner is one of these.
create table invitations (
  token_hash blob primary key,
  role       integer not null,                    -- ServerRole of who comes by it
  by_user    integer,                             -- null: the operator
  created_at integer not null,
  expires_at integer not null,
  max_uses   integer not null,
  uses       integer not null default 0
) strict, without rowid;

-- What is decided for the whole workspace; what is not here is as it is by default.
create table settings (
  key   text primary key,
  value text not null
) strict, without rowid;
-- Cookies ignore ports: this name keeps those of two instances on one host apart.
insert into settings (key, value) values ('instance', lower(hex(randomblob(8))));
-- By it a device is recognised that somebody has logged in with.
insert into settings (key, value) values ('device_key', lower(hex(randomblob(32))));

-- Every administrative act.
create table audit (
  id      integer primary key autoincrement,
  at      integer not null,
  by_user integer,                                -- null: the operator
  act     text not null,
  subject integer,                                -- the user whom it is about
  detail  text
) strict;

insert into sqlite_stat1 (tbl, idx, stat) values
  ('accounts', null, '1000'),
  ('access_tokens', 'access_tokens', '1000 1'),
  ('access_tokens', 'access_tokens_by_user', '1000 5'),
  ('recovery_codes', 'recovery_codes', '10000 1'),
  ('recovery_codes', 'recovery_codes_by_user', '10000 10');
analyze sqlite_schema;
