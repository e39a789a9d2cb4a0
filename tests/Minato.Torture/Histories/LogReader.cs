using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Storage.Postgres;
using Minato.Storage.Postgres.Native;
using Minato.Storage.Sql;
using Minato.Storage.Sqlite.Native;

namespace Minato.Torture.Histories;

/// <summary>
/// Reads the tables themselves, past everything that decides who may see what: the checker must not believe the server's own readings.
/// </summary>
internal static class LogReader
{
    /// <param name="folder">The server's data.</param>
    /// <param name="postgres">Null: the log is a file in it.</param>
    public static StoredLog Read(string folder, string? postgres)
    {
        using var db = Open(folder, postgres);
        return Read(db);
    }

    /// <summary>The same of one file, whatever it is called.</summary>
    public static StoredLog ReadFile(string file)
    {
        using var db = SqliteDatabase.Open(file, create: false);
        return Read(db);
    }

    private static Database Open(string folder, string? postgres) => postgres is null
        ? SqliteDatabase.Open(Path.Combine(folder, "minato.db"), create: false)
        : PostgresDatabase.Open(ConnectionText.Servers(postgres));

    private static StoredLog Read(Database db)
    {
        db.BeginSnapshot();
        var rooms = new List<LogRoom>();
        var room = db.Statement("select r.uid, r.kind, r.slug, r.history, h.seq, h.post_no from rooms r join room_heads h on h.room_id = r.id order by r.id");
        while (room.Step())
            rooms.Add(new LogRoom(room.Uid(0).ToString(), (RoomKind)room.Int64(1), room.TextOrNull(2), (HistoryView)room.Int64(3), room.Int64(4), room.Int64(5)));
        var events = new List<LogEvent>();
        var row = db.Statement("""
            select r.uid, e.seq, e.post_no, e.kind, u.uid, e.ts, e.target, s.uid, b.body, b.room_id
            from events e join rooms r on r.id = e.room_id join users u on u.id = e.user_id
            left join users s on s.id = e.subject left join bodies b on b.room_id = e.room_id and b.seq = e.seq
            order by e.room_id, e.seq
            """);
        while (row.Step())
        {
            var kind = (EventKind)row.Int64(3);
            var text = row.TextOrNull(8);
            events.Add(new LogEvent(row.Uid(0).ToString(), row.Int64(1), row.Int64(2), kind, row.Uid(4).ToString(), row.Int64(5), row.Int64OrNull(6) ?? 0,
                row.IsNull(7) ? null : row.Uid(7).ToString(), text is null ? null : BodyText.IdOf(text), kind is EventKind.Posted or EventKind.Edited && text is null));
        }
        db.Rollback();
        return new StoredLog(rooms, events);
    }
}
