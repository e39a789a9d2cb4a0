-- The same as in Sqlite/migrations, whose remarks hold here, too.

update accounts set password = password where false;
