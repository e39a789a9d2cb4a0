using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Storage.Sql;

namespace Minato.Storage.Sqlite.Search;

internal static class CandidateReader
{
    /// <summary>FTS5 walks its lists backwards and side by side: the newest few cost no look at the rest.</summary>
    private const string Sql = """
        select d.key, d.room_id, d.seq
        from words w join docs d on d.key = w.rowid
        where w.words match ?1 and w.rowid < ?2
        order by w.rowid desc limit ?3
        """;

    internal static IReadOnlyList<Candidate> Find(Database db, CandidateRequest request)
    {
        var rows = db.Statement(Sql).Bind(1, Words.Expression(request)).Bind(2, request.Before ?? long.MaxValue).Bind(3, request.Limit);
        var found = new List<Candidate>();
        while (rows.Step())
            found.Add(new Candidate(rows.Int64(0), new RoomId(rows.Int64(1)), rows.Int64(2)));
        return found;
    }
}
