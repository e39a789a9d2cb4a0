-- Passkeys: the public halves of keys that open accounts. What is verified by them the framework verifies.

create table passkeys (
  raw_id           blob primary key,              -- the authenticator's own name for it
  user_id          integer not null references users (id),
  name             text not null,                 -- its owner's
  public_key       blob not null,                 -- a COSE_Key
  sign_count       integer not null,              -- of the last signature; 0: it does not count
  may_be_backed_up integer not null,              -- 0 or 1, as the next
  is_backed_up     integer not null,
  transports       text not null,                 -- how it is reached, with spaces between
  created_at       integer not null,
  used_at          integer
) strict, without rowid;
create index passkeys_by_user on passkeys (user_id);

insert into sqlite_stat1 (tbl, idx, stat) values
  ('passkeys', 'passkeys', '1000 1'),
  ('passkeys', 'passkeys_by_user', '1000 3');
analyze sqlite_schema;
