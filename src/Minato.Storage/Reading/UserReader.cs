using Minato.Core.Rights;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class UserReader
{
    /// <summary>The columns that <see cref="Read"/> expects, of a table called <c>u</c>.</summary>
    internal const string Columns = "u.id, u.uid, u.kind, u.nick, u.role";

    internal const int ColumnCount = 5;

    /// <summary>The same of a table under another name.</summary>
    internal static string ColumnsOf(string table) => $"{table}.id, {table}.uid, {table}.kind, {table}.nick, {table}.role";

    internal static User? BySession(Database db, byte[] hash) => One(db.Statement(
        $"select {Columns} from sessions s join users u on u.id = s.user_id where s.token_hash = ? and u.ended_at is null").BindBlob(1, hash));

    internal static User? ByUid(Database db, Guid uid) => One(db.Statement($"select {Columns} from users u where u.uid = ?").Bind(1, uid));

    internal static User? ById(Database db, UserId id) =>
        One(db.Statement($"select {Columns} from users u where u.id = ? and u.ended_at is null").Bind(1, id.Value));

    /// <summary>The server itself.</summary>
    internal static User System(Database db) => One(db.Statement($"select {Columns} from users u where u.kind = ? order by u.id limit 1").Bind(1, (long)UserKind.System))!;

    internal static User? EvenEnded(Database db, UserId id) => One(db.Statement($"select {Columns} from users u where u.id = ?").Bind(1, id.Value));

    /// <param name="nick">As somebody wrote it: what cannot be a nick is nobody's.</param>
    internal static User? ByNick(Database db, string nick) => Nick.Normalize(nick) is not { } name ? null : One(db.Statement(
        $"select {Columns} from users u where u.nick_key = ? and u.ended_at is null").Bind(1, Nick.Key(name)));

    internal static List<User> OfDirectRoom(Database db, long room)
    {
        var rows = db.Statement(
            // Whoever left and came back has more spans than one.
            $"select distinct {Columns} from member_spans s join users u on u.id = s.user_id where s.room_id = ? order by u.id").Bind(1, room);
        var users = new List<User>(2);
        while (rows.Step())
            users.Add(Read(rows, 0));
        return users;
    }

    /// <summary>Reads <see cref="Columns"/> from <paramref name="column"/> on.</summary>
    internal static User Read(Statement row, int column) =>
        new(new UserId(row.Int64(column)), row.Uid(column + 1), (UserKind)row.Int64(column + 2), row.Text(column + 3))
        {
            Role = (ServerRole)row.Int64(column + 4),
        };

    private static User? One(Statement rows)
    {
        var user = rows.Step() ? Read(rows, 0) : null;
        rows.Reset();
        return user;
    }
}
