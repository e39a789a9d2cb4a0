-- Secrets that are good for a while, by their hashes, on whichever server they are shown. Unlogged: none is written to the database's own log, copied to
-- a standby, or there after a crash, so that what was taken once does not come back.
create unlogged table vouchers (
  hash       bytea primary key,
  kind       bigint not null,
  counted_by text collate "C" not null,
  meaning    text not null,
  expires_at timestamptz not null
);
create index vouchers_by_one on vouchers (kind, counted_by, expires_at);
create index vouchers_by_age on vouchers (kind, expires_at);
