using Minato.Core.Accounts;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class PasskeyReader
{
    private const string Columns = "raw_id, public_key, sign_count, may_be_backed_up, is_backed_up, transports";

    internal static List<PasskeyInfo> OfUser(Database db, UserId user)
    {
        var rows = db.Statement($"select {Columns}, name, created_at, used_at from passkeys where user_id = ? order by created_at, raw_id").Bind(1, user.Value);
        var passkeys = new List<PasskeyInfo>();
        while (rows.Step())
            passkeys.Add(new PasskeyInfo(Read(rows), rows.Text(6), rows.Int64(7), rows.Int64OrNull(8)));
        return passkeys;
    }

    internal static (UserId Owner, Passkey Passkey)? Find(Database db, byte[] rawId)
    {
        var row = db.Statement($"select {Columns}, user_id from passkeys where raw_id = ?").BindBlob(1, rawId);
        (UserId, Passkey)? found = row.Step() ? (new UserId(row.Int64(6)), Read(row)) : null;
        row.Reset();
        return found;
    }

    private static Passkey Read(Statement row) => new(
        row.Bytes(0).ToArray(), row.Bytes(1).ToArray(), row.Int64(2), row.Int64(3) != 0, row.Int64(4) != 0,
        row.Text(5).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
