using Minato.Core.Reports;
using Minato.Core.Rooms;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class ReportReader
{
    private static readonly string Select = $"""
        select r.id, r.at, r.reason, o.uid, o.kind, r.room_title, r.seq, r.said_at, r.body, r.resolution, r.resolved_at,
               {UserReader.ColumnsOf("w")}, {UserReader.ColumnsOf("a")}, {UserReader.ColumnsOf("d")}
        from reports r join rooms o on o.id = r.room_id join users w on w.id = r.by_user join users a on a.id = r.author
        left join users d on d.id = r.resolved_by
        """;

    private const int Reporter = 11, Author = Reporter + UserReader.ColumnCount, Resolver = Author + UserReader.ColumnCount;

    internal static long CountOpen(Database db, int _) => db.Scalar("select count(*) from reports where resolved_at is null");

    internal static ReportPage Page(Database db, (bool IsOpen, long? Before, int Limit) asked)
    {
        db.BeginSnapshot();
        var open = CountOpen(db, 0);
        var rows = db.Statement($"{Select} where r.resolved_at is {(asked.IsOpen ? "" : "not ")}null and r.id < ? order by r.id desc limit ?")
            .Bind(1, asked.Before ?? long.MaxValue).Bind(2, asked.Limit + 1);
        var reports = new List<Report>();
        while (rows.Step())
            reports.Add(Read(rows));
        db.Commit();
        return new ReportPage(open, [.. reports.Take(asked.Limit)], More: reports.Count > asked.Limit);
    }

    private static Report Read(Statement row) => new(
        row.Int64(0), row.Int64(1), UserReader.Read(row, Reporter), row.TextOrNull(2), new ReportedRoom(row.Uid(3), (RoomKind)row.Int64(4), row.Text(5)),
        new ReportedMessage(row.Int64(6), row.Int64(7), UserReader.Read(row, Author), EventReader.BodyOrNull(row, 8)))
    {
        Resolved = row.IsNull(9) ? null
            : new Resolved((Resolution)row.Int64(9), row.Int64(10), row.IsNull(Resolver) ? null : UserReader.Read(row, Resolver)),
    };
}
