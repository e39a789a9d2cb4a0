-- accounts.password may have a second part, behind a space: by what SCRAM-SHA-256 verifies the same password. Nothing else changes, but versions
-- before this one take the whole for a hash that they cannot read: the number of this file keeps them away.

update accounts set password = password where false;
