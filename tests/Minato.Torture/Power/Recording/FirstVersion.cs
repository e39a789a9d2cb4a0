using System.Globalization;
using Minato.Core.Events;
using Minato.Storage.Sqlite.Native;
using Minato.Storage.Sqlite.Schema;
using Minato.Torture.Histories;

namespace Minato.Torture.Power.Recording;

/// <summary>A database as the first version left it: a lobby in which somebody has posted. The server that finds it brings it to this version.</summary>
internal static class FirstVersion
{
    public const string Actor = "old";

    private const int Posts = 200, Author = 2;

    /// <param name="folder">The server's data.</param>
    /// <param name="history">Where it says what was posted, once that is on disk.</param>
    public static void Make(string folder, string history)
    {
        Directory.CreateDirectory(folder);
        Minato.Storage.FolderEntries.SyncWayTo(folder);
        using var recorder = new Recorder(history);
        var (room, user) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        using var db = SqliteDatabase.Open(Path.Combine(folder, "minato.db"), create: true);
        db.Execute("pragma journal_mode = wal; pragma synchronous = full;");
        db.Execute($"begin; {Migrations.OfThisVersion.Scripts[0]}; pragma user_version = 1; pragma application_id = {Migrations.ApplicationId}; {Rows(room, user)} commit;");
        recorder.Add(new Began(Recorder.Now, Actor, user.ToString()));
        for (var n = 0; n < Posts; n++)
        {
            recorder.Add(new Sent(Recorder.Now, Actor, Cid(n), "send", room.ToString(), 0, "-"));
            recorder.Add(new Acked(Recorder.Now, Actor, Cid(n), room.ToString(), n + 2));
        }
    }

    /// <summary>The copy that is made before the database is brought to the next version.</summary>
    public static string CopyIn(string folder) => Path.Combine(folder, "minato.db.before-2");

    /// <summary>Whether all of it stands there.</summary>
    public static bool IsWhole(string file)
    {
        try
        {
            using var db = SqliteDatabase.Open(file, create: false);
            return db.Scalar("pragma user_version") == 1 && db.Scalar("select count(*) from bodies") == Posts + 1;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static string Cid(int n) => string.Create(CultureInfo.InvariantCulture, $"{Actor}.{n}");

    private static string Rows(Guid room, Guid user)
    {
        static string Uid(Guid uid) => $"x'{Convert.ToHexString(uid.ToByteArray(bigEndian: true))}'";
        var posts = Enumerable.Range(0, Posts).Select(n => FormattableString.Invariant($"""
            insert into events (room_id, seq, kind, user_id, ts, post_no) values (1, {n + 2}, {(int)EventKind.Posted}, {Author}, {n + 2}, {n + 1});
            insert into bodies (room_id, seq, body) values (1, {n + 2}, '{BodyText.Of(Cid(n), 0)}');
            insert into messages (room_id, seq, post_no, user_id, ts, body_seq, changed_seq) values (1, {n + 2}, {n + 1}, {Author}, {n + 2}, {n + 2}, {n + 2});
            """));
        return $"""
            insert into users (uid, kind, nick, nick_key, created_at) values ({Uid(Guid.CreateVersion7())}, 3, 'minato', 'minato', 1), ({Uid(user)}, 0, 'old', 'old', 1);
            insert into rooms (uid, kind, slug, slug_key, title, created_at) values ({Uid(room)}, 0, 'lobby', 'lobby', 'Lobby', 1);
            insert into room_heads (room_id, seq, post_no, ts) values (1, {Posts + 1}, {Posts}, {Posts + 1});
            insert into events (room_id, seq, kind, user_id, ts, post_no) values (1, 1, {(int)EventKind.Created}, 1, 1, 0);
            insert into bodies (room_id, seq, body) values (1, 1, 'Lobby');
            {string.Concat(posts)}
            """;
    }
}
