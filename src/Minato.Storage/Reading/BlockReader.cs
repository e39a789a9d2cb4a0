using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

/// <summary>Who does not want to hear whom.</summary>
internal static class BlockReader
{
    /// <summary>Whether a user (?2) does not want to hear an author.</summary>
    internal static string Hides(string author) => $"exists (select 1 from blocks k where k.user_id = ?2 and k.blocked_id = {author})";

    internal static List<User> Of(Database db, UserId user)
    {
        var rows = db.Statement($"select {UserReader.Columns} from blocks k join users u on u.id = k.blocked_id where k.user_id = ? order by k.at, u.id")
            .Bind(1, user.Value);
        var users = new List<User>();
        while (rows.Step())
            users.Add(UserReader.Read(rows, 0));
        return users;
    }
}
