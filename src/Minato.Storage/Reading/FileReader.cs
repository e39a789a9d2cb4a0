using Minato.Core.Files;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class FileReader
{
    private const string Columns = "f.uid, f.room_id, f.seq, f.user_id, f.name, f.type, f.size, f.sha256";

    private static readonly string Visible = $"""
        select {Columns} from files f
        where f.uid = ?1 and (f.state = {(int)FileState.Posted} or f.state = {(int)FileState.Waiting} and f.user_id = ?2)
          and {Visibility.Anywhere("f.seq", room: "f.room_id")}
        """;

    internal static StoredFile? Find(Database db, (Guid Uid, UserId? User, long Now) of) =>
        One(db.Statement(Visible).Bind(1, of.Uid).Bind(2, of.User?.Value ?? 0).Bind(9, of.Now));

    /// <summary>By its number in the table; null: it is not there, or nobody is given it any more.</summary>
    internal static StoredFile? ByNumber(Database db, long id) =>
        One(db.Statement($"select {Columns} from files f where f.id = ?1 and f.state <> {(int)FileState.Removed}").Bind(1, id));

    internal static long BytesOf(Database db, UserId user)
    {
        var row = db.Statement("select cast(coalesce(sum(size), 0) as bigint) from files where user_id = ?").Bind(1, user.Value);
        row.Step();
        var bytes = row.Int64(0);
        row.Reset();
        return bytes;
    }

    internal static List<Guid> Removed(Database db, int limit) =>
        Uids(db.Statement($"select uid from files where state = {(int)FileState.Removed} order by id limit ?").Bind(1, limit));

    /// <summary>Those that go with the message at a seq.</summary>
    internal static List<Guid> Posted(Database db, RoomId room, long seq) =>
        Uids(db.Statement($"select uid from files where room_id = ?1 and seq = ?2 and state = {(int)FileState.Posted}").Bind(1, room.Value).Bind(2, seq));

    internal static bool Knows(Database db, Guid uid) => Database.Finds(db.Statement("select 1 from files where uid = ?").Bind(1, uid));

    private static List<Guid> Uids(Statement rows)
    {
        var files = new List<Guid>();
        while (rows.Step())
            files.Add(rows.Uid(0));
        return files;
    }

    private static StoredFile? One(Statement row)
    {
        var found = row.Step()
            ? new StoredFile(
                row.Uid(0), new RoomId(row.Int64(1)), row.Int64(2), new UserId(row.Int64(3)), row.Text(4), row.Text(5), row.Int64(6), row.Bytes(7).ToArray())
            : null;
        row.Reset();
        return found;
    }
}

/// <summary>What has become of a file; the numbers stand in the database.</summary>
internal enum FileState
{
    /// <summary>No message has brought it yet.</summary>
    Waiting = 0,

    /// <summary>It goes with the message at its seq.</summary>
    Posted = 1,

    /// <summary>Nobody is given it; its bytes are to go.</summary>
    Removed = 2,
}
