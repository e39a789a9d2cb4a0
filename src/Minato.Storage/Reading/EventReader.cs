using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

internal static class EventReader
{
    /// <summary>The column that says the newest post as of the event.</summary>
    internal const int PostNo = 3;

    private const int From = 7;
    private const int Target = From + UserReader.ColumnCount;
    private const int Value = Target + 1;
    private const int About = Target + 2;

    /// <summary>The column that says in which room it is.</summary>
    internal const int Room = About + UserReader.ColumnCount;

    /// <summary>What <see cref="Read"/> expects, of events <c>e</c> and what <see cref="Joins"/> adds to them.</summary>
    internal static readonly string Columns =
        $"e.seq, e.kind, e.ts, e.post_no, b.body, r.kind, coalesce(r.first_slug, r.slug), {UserReader.Columns}, e.target, e.value, {UserReader.ColumnsOf("about")}, e.room_id";

    /// <summary>Whose they are, whom and which room they are about, and those bodies that are still to be given to anybody.</summary>
    internal static readonly string Joins = $"""
        join users u on u.id = e.user_id
        left join users about on about.id = e.subject
        join rooms r on r.id = e.room_id
        {Erasure.Join("e")}
        left join bodies b on b.room_id = e.room_id and b.seq = e.seq and (x.seq is null or e.kind not in ({(int)EventKind.Posted}, {(int)EventKind.Edited}))
        """;

    private static readonly string Sql = $"""
        select {Columns}
        from events e
        {Joins}
        where e.room_id = ?1 and e.seq > ?3 and e.seq <= ?4 and {Visibility.Condition("e.seq")}
          and e.seq - (select first_seq from room_heads where room_id = ?1) >= 0
        order by e.seq
        """;

    internal static IReadOnlyList<RoomEvent> Between(Database db, (RoomId Room, UserId? User, long After, long UpTo, long Now) of)
    {
        var rows = db.Statement(Sql).BindViewer(of.Room, of.User, of.Now).Bind(3, of.After).Bind(4, of.UpTo);
        var events = new List<RoomEvent>();
        while (rows.Step())
            events.Add(Read(rows, of.Room));
        return events;
    }

    internal static long FirstOfSpan(Database db, (RoomId Room, UserId? User) of)
    {
        var row = db.Statement($"""
            select case when {Visibility.IsOpen("?1")} then 1 else
              (select from_seq from member_spans where room_id = ?1 and user_id = ?2 and to_seq is null) end,
              (select first_seq from room_heads where room_id = ?1)
            """).Bind(1, of.Room.Value).Bind(2, of.User?.Value ?? 0);
        row.Step();
        var (first, kept) = (row.Int64OrNull(0) ?? long.MaxValue, row.Int64OrNull(1) ?? 1);
        row.Reset();
        return Math.Max(first, kept);
    }

    internal static RoomEvent Read(Statement row, RoomId room)
    {
        var (seq, ts, from) = (row.Int64(0), row.Int64(2), UserReader.Read(row, From));
        return (EventKind)row.Int64(1) switch
        {
            EventKind.Created => new Created(room, seq, ts, from, (RoomKind)row.Int64(5), row.TextOrNull(6), row.TextOrNull(4) ?? ""),
            EventKind.Posted => new Posted(room, seq, ts, from, row.Int64(PostNo), BodyOrNull(row, 4))
            {
                ReplyTo = row.Int64OrNull(Target),
                ThreadRoot = row.Int64OrNull(Value),
            },
            EventKind.Joined => new Joined(room, seq, ts, from),
            EventKind.Left => new Left(room, seq, ts, from) { Heir = row.IsNull(About) ? null : UserReader.Read(row, About) },
            EventKind.TopicChanged => new TopicChanged(room, seq, ts, from, row.TextOrNull(4) ?? ""),
            EventKind.Edited => new Edited(room, seq, ts, from, row.Int64(Target), BodyOrNull(row, 4)),
            EventKind.Deleted => new Deleted(room, seq, ts, from, row.Int64(Target)),
            EventKind.Reacted => new Reacted(room, seq, ts, from, row.Int64(Target), row.Text(4), On: row.Int64(Value) != 0),
            EventKind.PinChanged => new PinChanged(room, seq, ts, from, row.Int64(Target), On: row.Int64(Value) != 0),
            EventKind.Invited => new Invited(room, seq, ts, from, UserReader.Read(row, About)),
            EventKind.Kicked => new Kicked(room, seq, ts, from, UserReader.Read(row, About)),
            EventKind.Banned => new Banned(room, seq, ts, from, UserReader.Read(row, About), row.Int64OrNull(Value)),
            EventKind.Unbanned => new Unbanned(room, seq, ts, from, UserReader.Read(row, About)),
            EventKind.Muted => new Muted(room, seq, ts, from, UserReader.Read(row, About), row.Int64OrNull(Value)),
            EventKind.Unmuted => new Unmuted(room, seq, ts, from, UserReader.Read(row, About)),
            EventKind.RoleChanged => Given(room, seq, ts, from, UserReader.Read(row, About), row.Int64(Value)),
            EventKind.TitleChanged => new TitleChanged(room, seq, ts, from, row.TextOrNull(4) ?? ""),
            EventKind.SlugChanged => Renamed(room, seq, ts, from, row.Text(4)),
            EventKind.ArchiveChanged => new ArchiveChanged(room, seq, ts, from, On: row.Int64(Value) != 0),
            EventKind.HistoryChanged => new HistoryChanged(room, seq, ts, from, (HistoryView)row.Int64(Value)),
            EventKind.RetentionChanged => new RetentionChanged(room, seq, ts, from, row.Int64OrNull(Value)),
            EventKind.PostingChanged => new PostingChanged(room, seq, ts, from, (Posting)row.Int64(Value)),
            EventKind.SlowModeChanged => new SlowModeChanged(room, seq, ts, from, row.Int64OrNull(Value)),
            EventKind.RestrictionsChanged => Restricted(room, seq, ts, from, row.Int64(Value)),
            EventKind.MemberLimitChanged => new MemberLimitChanged(room, seq, ts, from, row.Int64OrNull(Value)),
            EventKind.KeyChanged => new KeyChanged(room, seq, ts, from, On: row.Int64(Value) != 0),
            EventKind.PatternChanged => Listed(room, seq, ts, from, row.TextOrNull(4) ?? "", row.Int64(Value)),
            EventKind.Transferred => new Transferred(room, seq, ts, from, UserReader.Read(row, About)),
            EventKind.MessagesErased => new MessagesErased(room, seq, ts, from, UserReader.Read(row, About), row.Int64(Value)),
            var kind => throw new InvalidOperationException($"Event {seq} of room {room.Value} is of the unknown kind {kind}."),
        };
    }

    private static RoleChanged Given(RoomId room, long seq, long ts, User from, User subject, long value)
    {
        var (role, was) = RoleValue.Read(value);
        return new RoleChanged(room, seq, ts, from, subject, role) { Was = was };
    }

    private static SlugChanged Renamed(RoomId room, long seq, long ts, User from, string body)
    {
        var (slug, was) = SlugsInBody.Read(body);
        return new SlugChanged(room, seq, ts, from, slug, was);
    }

    private static RestrictionsChanged Restricted(RoomId room, long seq, long ts, User from, long value)
    {
        var (on, off) = RestrictionValue.Read(value);
        return new RestrictionsChanged(room, seq, ts, from, on, off);
    }

    private static PatternChanged Listed(RoomId room, long seq, long ts, User from, string pattern, long value)
    {
        var (list, on) = PatternValue.Read(value);
        return new PatternChanged(room, seq, ts, from, list, pattern, on);
    }

    internal static MessageBody? BodyOrNull(Statement row, int column) =>
        row.IsNull(column) ? null : MessageBody.FromStore(row.Bytes(column).ToArray());
}
