using Minato.Core.Accounts;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class AuditReader
{
    private const int AfterEntry = 4;

    private static readonly string Sql = $"""
        select a.id, a.at, a.act, a.detail, {UserReader.ColumnsOf("b")}, {UserReader.ColumnsOf("s")}
        from audit a left join users b on b.id = a.by_user left join users s on s.id = a.subject
        where a.id < ? order by a.id desc limit ?
        """;

    internal static List<AuditEntry> Newest(Database db, (long? Before, int Limit) asked)
    {
        var rows = db.Statement(Sql).Bind(1, asked.Before ?? long.MaxValue).Bind(2, asked.Limit);
        var entries = new List<AuditEntry>();
        while (rows.Step())
            entries.Add(new AuditEntry(
                rows.Int64(0), rows.Int64(1), Somebody(rows, AfterEntry), rows.Text(2), Somebody(rows, AfterEntry + UserReader.ColumnCount), rows.TextOrNull(3)));
        return entries;
    }

    private static User? Somebody(Statement row, int column) => row.IsNull(column) ? null : UserReader.Read(row, column);
}
