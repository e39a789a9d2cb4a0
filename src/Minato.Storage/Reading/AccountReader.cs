using Minato.Core.Accounts;
using Minato.Core.Rights;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class AccountReader
{
    private static readonly string Select =
        $"select a.password, a.created_at, {UserReader.Columns} from accounts a join users u on u.id = a.user_id where u.ended_at is null and u.kind = 2 and ";

    /// <summary>Where nobody is called so, another's row is read in its place, and left, so that a guess takes as long either way.</summary>
    private static readonly string ByNickSql = Select
        + "u.id = coalesce((select id from users where nick_key = ? and ended_at is null), (select min(user_id) from accounts))";

    /// <param name="nick">As somebody wrote it: what cannot be a nick is nobody's.</param>
    internal static Account? ByNick(Database db, string nick)
    {
        if (Nick.Normalize(nick) is not { } name)
            return null;
        var key = Nick.Key(name);
        return One(db.Statement(ByNickSql).Bind(1, key)) is { } account && Nick.Key(account.User.Nick) == key ? account : null;
    }

    internal static Account? ById(Database db, UserId id) => One(db.Statement(Select + "u.id = ?").Bind(1, id.Value));

    internal static List<User> All(Database db, int _)
    {
        var rows = db.Statement($"select {UserReader.Columns} from accounts a join users u on u.id = a.user_id where u.ended_at is null order by u.id");
        var users = new List<User>();
        while (rows.Step())
            users.Add(UserReader.Read(rows, 0));
        return users;
    }

    internal static bool HasOwner(Database db, int _) => Database.Finds(
        db.Statement("select 1 from users where role = ? and kind = 2 and ended_at is null limit 1").Bind(1, (long)ServerRole.Owner));

    internal static int RecoveryCodes(Database db, UserId user)
    {
        var row = db.Statement("select count(*) from recovery_codes where user_id = ?").Bind(1, user.Value);
        row.Step();
        var count = (int)row.Int64(0);
        row.Reset();
        return count;
    }

    private static Account? One(Statement row)
    {
        var account = row.Step() ? new Account(UserReader.Read(row, 2), row.Text(0), row.Int64(1)) : null;
        row.Reset();
        return account;
    }
}
