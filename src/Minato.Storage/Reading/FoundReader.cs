using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

/// <summary>Of what an index found, what a user may see.</summary>
internal static class FoundReader
{
    /// <summary>The first candidate's room; its seq is the next one, and so on.</summary>
    private const int FirstParameter = 11;

    /// <summary>A cross join, because SQLite takes the tables of one in their order: the few that are asked for come first.</summary>
    private static readonly string Sql = $"""
        with asked (room_id, seq) as (values {string.Join(", ", Enumerable.Range(0, IStore.MaxCandidates)
            .Select(i => $"(?{FirstParameter + (2 * i)}, ?{FirstParameter + (2 * i) + 1})"))})
        select {MessageReader.Columns}, {RoomReader.Columns}
        from asked a
        cross join messages m
        {MessageReader.Joins}
        join rooms r on r.id = m.room_id
        where m.room_id = a.room_id and m.seq = a.seq
          and m.deleted_at is null and b.body is not null and {Visibility.Anywhere("m.seq", room: "m.room_id")}
          and ((r.restrictions & ?10) = 0 or exists (select 1 from members v where v.room_id = r.id and v.user_id = ?2))
        """;

    internal static IReadOnlyList<FoundMessage> Visible(Database db, (UserId? User, IReadOnlyList<Candidate> Candidates, bool IsEverywhere, long Now) of)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(of.Candidates.Count, IStore.MaxCandidates);
        var rows = db.Statement(Sql).Bind(2, of.User?.Value ?? 0).Bind(9, of.Now).Bind(10, of.IsEverywhere ? (long)Restrictions.Unlisted : 0);
        for (var i = 0; i < IStore.MaxCandidates; i++)
        {
            // One text for any number: what is left over is nowhere.
            var candidate = i < of.Candidates.Count ? of.Candidates[i] : default;
            rows.Bind(FirstParameter + (2 * i), candidate.Room.Value).Bind(FirstParameter + (2 * i) + 1, candidate.Seq);
        }
        var found = new List<FoundMessage>();
        while (rows.Step())
            found.Add(new FoundMessage(RoomReader.Read(rows, MessageReader.ColumnCount), MessageReader.Read(rows)));
        return found;
    }
}
