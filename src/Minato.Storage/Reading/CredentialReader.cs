using Minato.Core.Accounts;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

/// <summary>Sessions and tokens: what leads to somebody.</summary>
internal static class CredentialReader
{
    /// <summary>That still leads to whoever it was made for: it was not ended, nor they.</summary>
    private const string Lives = "(c.expires_at is null or c.expires_at > ?2) and u.ended_at is null and u.kind <> 4";

    private static readonly string SessionSql = $"""
        select c.used_at, c.expires_at, {UserReader.Columns} from sessions c join users u on u.id = c.user_id where c.token_hash = ?1 and {Lives}
        """;

    private static readonly string TokenSql = $"""
        select c.used_at, c.expires_at, c.scope, {UserReader.Columns} from access_tokens c join users u on u.id = c.user_id where c.token_hash = ?1 and {Lives}
        """;

    internal static Credential? Find(Database db, (byte[] Hash, long Now) asked) => Session(db, asked) ?? Token(db, asked);

    internal static List<SessionInfo> Sessions(Database db, (UserId User, long Now) asked)
    {
        var rows = db.Statement("""
            select token_hash, device, created_at, coalesce(used_at, created_at), expires_at from sessions
            where user_id = ? and (expires_at is null or expires_at > ?) order by 4 desc
            """).Bind(1, asked.User.Value).Bind(2, asked.Now);
        var sessions = new List<SessionInfo>();
        while (rows.Step())
            sessions.Add(new SessionInfo(CredentialId.Of(rows.Bytes(0)), rows.TextOrNull(1) ?? "", rows.Int64(2), rows.Int64(3), rows.Int64OrNull(4)));
        return sessions;
    }

    internal static List<TokenInfo> Tokens(Database db, UserId user)
    {
        var rows = db.Statement("""
            select token_hash, name, scope, created_at, used_at, expires_at from access_tokens where user_id = ? order by created_at desc
            """).Bind(1, user.Value);
        var tokens = new List<TokenInfo>();
        while (rows.Step())
            tokens.Add(new TokenInfo(
                CredentialId.Of(rows.Bytes(0)), rows.Text(1), (Scope)rows.Int64(2), rows.Int64(3), rows.Int64OrNull(4), rows.Int64OrNull(5)));
        return tokens;
    }

    /// <summary>A token by the id under which it is listed, whosever it is.</summary>
    internal static (byte[] Hash, UserId Holder, string Name)? TokenOf(Database db, CredentialId id)
    {
        var (first, last) = id.Hashes();
        var row = db.Statement("select token_hash, user_id, name from access_tokens where token_hash between ? and ?").BindBlob(1, first).BindBlob(2, last);
        (byte[], UserId, string)? token = row.Step() ? (row.Bytes(0).ToArray(), new UserId(row.Int64(1)), row.Text(2)) : null;
        row.Reset();
        return token;
    }

    /// <summary>The one that was used last first.</summary>
    internal static List<byte[]> SessionHashes(Database db, UserId user) =>
        Hashes(db.Statement("select token_hash from sessions where user_id = ? order by coalesce(used_at, created_at) desc").Bind(1, user.Value));

    internal static List<byte[]> TokenHashes(Database db, UserId user) =>
        Hashes(db.Statement("select token_hash from access_tokens where user_id = ?").Bind(1, user.Value));

    internal static List<byte[]> Hashes(Statement rows)
    {
        var hashes = new List<byte[]>();
        while (rows.Step())
            hashes.Add(rows.Bytes(0).ToArray());
        return hashes;
    }

    private static Credential? Session(Database db, (byte[] Hash, long Now) asked)
    {
        var row = db.Statement(SessionSql).BindBlob(1, asked.Hash).Bind(2, asked.Now);
        // A session may do whatever its user may.
        var found = row.Step()
            ? new Credential(asked.Hash, UserReader.Read(row, 2), Scope.Admin, row.Int64OrNull(0), row.Int64OrNull(1)) { IsSession = true }
            : null;
        row.Reset();
        return found;
    }

    private static Credential? Token(Database db, (byte[] Hash, long Now) asked)
    {
        var row = db.Statement(TokenSql).BindBlob(1, asked.Hash).Bind(2, asked.Now);
        var found = row.Step()
            ? new Credential(asked.Hash, UserReader.Read(row, 3), (Scope)row.Int64(2), row.Int64OrNull(0), row.Int64OrNull(1))
            : null;
        row.Reset();
        return found;
    }
}
