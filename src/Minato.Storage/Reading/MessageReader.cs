using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

/// <summary>Messages as of the head, with what hangs on them.</summary>
internal static class MessageReader
{
    /// <summary>The columns that <see cref="Read"/> expects, of messages (m) and <see cref="Joins"/>.</summary>
    internal const string Columns = $"""
        m.seq, m.post_no, m.ts, b.body, {UserReader.Columns},
               case when m.deleted_at is null then coalesce(x.seq, m.changed_seq) else m.changed_seq end,
               m.edited_at, coalesce(m.deleted_at, x.ts), m.reply_to, m.thread_root,
               x.seq is null and exists (select 1 from pins p where p.room_id = m.room_id and p.seq = m.seq)
        """;

    private const int Author = 4;
    private const int Changed = Author + UserReader.ColumnCount;

    internal const int ColumnCount = Changed + 6;

    /// <summary>To messages (m) their authors (u), what erased them (x) and bodies (b).</summary>
    internal static readonly string Joins = $"""
        join users u on u.id = m.user_id
        {Erasure.Join("m")}
        left join bodies b on b.room_id = m.room_id and b.seq = m.body_seq and x.seq is null
        """;

    /// <summary>A query that goes on with a condition; <see cref="Read"/> reads its rows.</summary>
    internal static readonly string Select = $"select {Columns} from messages m {Joins}";

    private const string Reactions = """
        select seq, emoji, count(*), count(case when user_id = ?2 then 1 end) from reactions
        where room_id = ?1 and seq between ?3 and ?4
        group by seq, emoji order by min(at), emoji
        """;

    internal static Message Read(Statement row) =>
        new(row.Int64(0), row.Int64(1), row.Int64(2), UserReader.Read(row, Author), EventReader.BodyOrNull(row, 3))
        {
            ChangedSeq = row.Int64(Changed),
            EditedAt = row.Int64OrNull(Changed + 1),
            DeletedAt = row.Int64OrNull(Changed + 2),
            ReplyTo = row.Int64OrNull(Changed + 3),
            ThreadRoot = row.Int64OrNull(Changed + 4),
            IsPinned = row.IsTrue(Changed + 5),
        };

    /// <summary>The same messages with their reactions.</summary>
    /// <param name="messages">Of one room, in order of seq.</param>
    internal static IReadOnlyList<Message> WithReactions(Database db, RoomId room, UserId? user, IReadOnlyList<Message> messages)
    {
        if (messages.Count == 0)
            return messages;
        return WithReactions(db.Statement(Reactions).Bind(1, room.Value).Bind(2, user?.Value ?? 0).Bind(3, messages[0].Seq).Bind(4, messages[^1].Seq), messages);
    }

    /// <summary>The same messages with what the rows say of them: seq, emoji, how many, how many of oneself; in the order in which they first came.</summary>
    internal static IReadOnlyList<Message> WithReactions(Statement rows, IReadOnlyList<Message> messages)
    {
        var of = new Dictionary<long, List<Reaction>>();
        while (rows.Step())
        {
            if (!of.TryGetValue(rows.Int64(0), out var reactions))
                of[rows.Int64(0)] = reactions = [];
            reactions.Add(new Reaction(rows.Text(1), (int)rows.Int64(2), IsMine: rows.Int64(3) != 0));
        }
        // Those of a message that was erased may still stand there.
        return of.Count == 0
            ? messages
            : [.. messages.Select(m => m.DeletedAt is null && of.TryGetValue(m.Seq, out var found) ? m with { Reactions = found } : m)];
    }
}
