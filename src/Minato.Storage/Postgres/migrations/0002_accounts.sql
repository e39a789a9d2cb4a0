-- The same as in Sqlite/migrations, whose remarks hold here, too.

create table accounts (
  user_id             bigint primary key references users (id),
  password            text not null,
  password_changed_at bigint not null,
  created_at          bigint not null
);

alter table sessions add column used_at bigint;
alter table sessions add column expires_at bigint;
alter table sessions add column device text;
create index sessions_by_expiry on sessions (expires_at) where expires_at is not null;

create table access_tokens (
  token_hash bytea primary key,
  user_id    bigint not null references users (id),
  name       text not null,
  scope      bigint not null,
  created_at bigint not null,
  used_at    bigint,
  expires_at bigint
);
create index access_tokens_by_user on access_tokens (user_id);

create table recovery_codes (
  code_hash bytea primary key,
  user_id   bigint not null references users (id)
);
create index recovery_codes_by_user on recovery_codes (user_id);

create table invitations (
  token_hash bytea primary key,
  role       bigint not null,
  by_user    bigint,
  created_at bigint not null,
  expires_at bigint not null,
  max_uses   bigint not null,
  uses       bigint not null default 0
);

create table settings (
  key   text collate "C" primary key,
  value text not null
);
insert into settings (key, value) values ('instance', substr(replace(gen_random_uuid()::text, '-', ''), 17));
insert into settings (key, value) values ('device_key', replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));

create table audit (
  id      bigint generated always as identity primary key,
  at      bigint not null,
  by_user bigint,
  act     text not null,
  subject bigint,
  detail  text
);
