using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Storage.Postgres.Native;

namespace Minato.Storage.Postgres.Nodes;

/// <summary>The table in which servers tell each other what changed besides the log: written in the transaction that changes it, read by numbers of transactions.</summary>
internal static class Changes
{
    /// <summary>Longer than any server is away without being counted as gone.</summary>
    internal static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    /// <summary>Past it a server that was away does not rely on what is still there: half of <see cref="KeptFor"/>, since a row is as old as its transaction.</summary>
    private static readonly TimeSpan ReliableFor = TimeSpan.FromMinutes(5);

    /// <summary>A statement of its own, and the first: what it says has ended, the next one sees.</summary>
    private const string Now = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint, (extract(epoch from clock_timestamp()) * 1000)::bigint";

    private const string Since = """
        select id, xid::text::bigint, writer, kind, coalesce(user_id, 0), coalesce(other_id, 0), coalesce(room_id, 0), coalesce(seq, 0)
        from changes where xid >= $1::text::xid8 order by id
        """;

    internal static bool Are(IReadOnlyList<Command> batch, IReadOnlyList<Outcome> outcomes) => Of(batch, outcomes).Any();

    internal static void Write(PostgresDatabase db, Guid writer, IReadOnlyList<Command> batch, IReadOnlyList<Outcome> outcomes)
    {
        foreach (var change in Of(batch, outcomes))
            db.Deferred("insert into changes (writer, kind, user_id, other_id, room_id, seq) values (?, ?, ?, ?, ?, ?)")
                .Bind(1, writer).Bind(2, (long)change.Kind).Bind(3, OrNull(change.User.Value)).Bind(4, OrNull(change.Other.Value))
                .Bind(5, OrNull(change.Room.Value)).Bind(6, OrNull(change.Seq)).Run();
    }

    internal static ChangePage Read(PostgresDatabase db, ChangeMark? after, Guid writer)
    {
        using var questions = new Questions(db);
        questions.Add(Now);
        // Where a standby took over that did not have the newest ones, their numbers are given once more: all that is kept is read again.
        var isSamePast = after?.Timeline == db.Timeline;
        if (after is not null)
            questions.Add(Since, isSamePast ? after.Xid : 0);
        var (xid, at) = (0L, 0L);
        while (questions.Step())
            (xid, at) = (questions.Int64(0), questions.Int64(1));
        var changes = new List<NodeChange>();
        var seen = new HashSet<long>();
        var last = after?.Last;
        // Old ones are not kept.
        var isLastThere = isSamePast || after?.Last is not { } newest || at - newest.At > ReliableFor.TotalMilliseconds;
        while (after is not null && questions.Step())
        {
            var (id, of, by) = (questions.Int64(0), questions.Int64(1), questions.Uid(2));
            if (of >= xid)
                seen.Add(id);
            isLastThere |= after.Last is { } known && (id, of, by) == (known.Id, known.Xid, known.Writer);
            if (isSamePast && after.Seen.Contains(id))
                continue;
            changes.Add(new NodeChange(
                (ChangeKind)questions.Int64(3), new UserId(questions.Int64(4)), new UserId(questions.Int64(5)), new RoomId(questions.Int64(6)), questions.Int64(7))
            {
                IsOwn = by == writer,
            });
            // Of its own, a server knows which were answered: one that its synchronous standby does not have was told to nobody.
            if (by != writer)
                last = new SeenChange(id, of, by, at);
        }
        return new ChangePage(changes, new ChangeMark(xid, seen, at) { Timeline = db.Timeline, Last = last })
        {
            // Where numbers go back, or what was seen is not there, nobody knows any more what was changed by those that are lost.
            IsIncomplete = after is not null && (at - after.At > ReliableFor.TotalMilliseconds || xid < after.Xid || !isLastThere),
        };
    }

    private static IEnumerable<NodeChange> Of(IReadOnlyList<Command> batch, IReadOnlyList<Outcome> outcomes)
    {
        for (var i = 0; i < outcomes.Count; i++)
            switch (outcomes[i])
            {
                case Logged { Event: not null } logged:
                    foreach (var user in logged.Entered)
                        yield return new NodeChange(ChangeKind.Membership, user.Id, Room: logged.Room.Id, Seq: logged.Seq);
                    if (logged.Exited is { } exited)
                        yield return new NodeChange(ChangeKind.Membership, exited.Id, Room: logged.Room.Id, Seq: logged.Seq);
                    break;
                case UserChanged { Was: { } was } changed:
                    yield return OfUser(changed.User, was);
                    break;
                case AccountChanged changed:
                    yield return OfUser(changed.User, changed.Was);
                    break;
                case BlockChanged { IsNew: true } block:
                    yield return new NodeChange(ChangeKind.Block, block.Blocker.Id, block.Subject.Id);
                    break;
                case ReportsChanged:
                    yield return new NodeChange(ChangeKind.Reports);
                    break;
                case Nothing when batch[i] is ChangeSettings { SignUp: not null }:
                    yield return new NodeChange(ChangeKind.SignUp);
                    break;
                case ReadMoved moved:
                    yield return new NodeChange(ChangeKind.Read, moved.User, Room: moved.Room.Id, Seq: moved.Seq);
                    break;
            }
    }

    private static NodeChange OfUser(User user, User? was) =>
        new(was is not null && was.Nick != user.Nick ? ChangeKind.Name : ChangeKind.User, user.Id);

    private static long? OrNull(long value) => value == 0 ? null : value;
}
