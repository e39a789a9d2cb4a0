using Minato.Core.Accounts;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class AuditReader
{
    internal static List<AuditEntry> Newest(Database db, (long? Before, int Limit) asked)
    {
        var rows = db.Statement("""
            select a.id, a.at, b.nick, a.act, s.nick, a.detail
            from audit a left join users b on b.id = a.by_user left join users s on s.id = a.subject
            where a.id < ? order by a.id desc limit ?
            """).Bind(1, asked.Before ?? long.MaxValue).Bind(2, asked.Limit);
        var entries = new List<AuditEntry>();
        while (rows.Step())
            entries.Add(new AuditEntry(rows.Int64(0), rows.Int64(1), rows.TextOrNull(2), rows.Text(3), rows.TextOrNull(4), rows.TextOrNull(5)));
        return entries;
    }
}
