-- The same as in Sqlite/migrations, whose remarks hold here, too.

create table passkeys (
  raw_id           bytea primary key,
  user_id          bigint not null references users (id),
  name             text not null,
  public_key       bytea not null,
  sign_count       bigint not null,
  may_be_backed_up bigint not null,
  is_backed_up     bigint not null,
  transports       text not null,
  created_at       bigint not null,
  used_at          bigint
);
create index passkeys_by_user on passkeys (user_id);
