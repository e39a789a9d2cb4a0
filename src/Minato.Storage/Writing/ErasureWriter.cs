using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Reading;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>
/// Erasing all of somebody's messages: one event, and a row by which every reader takes them as erased from then on. Their bodies
/// are removed between commits, see <see cref="ErasureSweep"/>, so that no commit is as long as what somebody wrote in ten years.
/// </summary>
internal sealed class ErasureWriter(WriteContext context, RoomActs acts, FileWriter files)
{
    /// <summary>Events since the erasure before that are looked through for something to erase; past it there is an event in any case.</summary>
    private const int MaxLookedThrough = 200;

    internal Outcome Apply(EraseMessages command, User actor) => acts.CarryOut(
        command, actor, Act.EraseMessages,
        mayNot: room => MayNot(command, room, actor),
        isDone: room => HasNothingNew(command, room),
        write: room =>
        {
            var erased = Erase(command, room, actor);
            return new Logged(room.Room, erased.Seq, erased.Ts, erased);
        });

    /// <summary>All that somebody has said in any room, who leaves for good or is a spammer: no room can refuse it.</summary>
    /// <param name="by">Of whom the rooms are told that they did it.</param>
    /// <param name="seen">What was found of it before, see <see cref="DeleteAccount"/>.</param>
    internal List<(Room, RoomEvent)> EraseAll(User by, UserId subject, WrittenIn? seen)
    {
        files.RemoveAll(subject);
        // As of this transaction: what they said in this very batch stands in heads that are still in memory.
        context.WriteHeads();
        IEnumerable<RoomId> rooms = seen is null ? WrittenInReader.All(context.Db, subject).Rooms : WrittenInReader.AndSince(context.Db, subject, seen);
        var events = new List<(Room, RoomEvent)>();
        foreach (var id in rooms.Order(Comparer<RoomId>.Create((a, b) => a.Value.CompareTo(b.Value))))
        {
            var command = new EraseMessages(by, null, id, subject);
            if (context.Room(id) is { } room && !HasNothingNew(command, room))
                events.Add((room.Room, Erase(command, room, by)));
        }
        return events;
    }

    private MessagesErased Erase(EraseMessages command, WriterRoom room, User actor)
    {
        var (after, upTo) = (ErasedUpTo(command, room), room.Head.Seq);
        var (seq, ts) = context.Append(room, EventKind.MessagesErased, actor.Id, body: [], new Details(Subject: command.Subject, Value: upTo));
        Of("insert into erasures (room_id, user_id, up_to_seq, after_seq, seq, ts) values (?1, ?2, ?3, ?4, ?5, ?6)", command)
            .Bind(3, upTo).Bind(4, after).Bind(5, seq).Bind(6, ts).Run();
        files.RemoveUpTo(command.Room, command.Subject, upTo);
        return new MessagesErased(room.Room.Id, seq, ts, actor, Subject(command)!, upTo);
    }

    private Refusal? MayNot(EraseMessages command, WriterRoom room, User actor)
    {
        var circumstances = new Circumstances(Rank: context.Place(room, actor.Id).Rank, SubjectRank: context.Place(room, command.Subject).Rank);
        var action = command.Subject == actor.Id ? RoomAction.EraseOwn : RoomAction.EraseMessages;
        if (acts.Check(action, room, actor, circumstances) is { } refusal)
            return refusal;
        return Subject(command) is { Kind: not UserKind.System } ? null : Refusal.NoSuchUser;
    }

    /// <summary>Also somebody who has ended: what a visitor left behind stays theirs.</summary>
    private User? Subject(EraseMessages command) => context.User(command.Subject) ?? UserReader.EvenEnded(context.Db, command.Subject);

    private bool HasNothingNew(EraseMessages command, WriterRoom room)
    {
        var after = ErasedUpTo(command, room);
        return room.Head.Seq - after <= MaxLookedThrough && !Database.Finds(
            Of("select 1 from messages where room_id = ?1 and seq > ?3 and user_id = ?2 and deleted_at is null limit 1", command).Bind(3, after));
    }

    private long ErasedUpTo(EraseMessages command, WriterRoom room)
    {
        var row = Of("select max(up_to_seq) from erasures where room_id = ?1 and user_id = ?2", command);
        row.Step();
        var upTo = row.Int64OrNull(0) ?? 0;
        row.Reset();
        return Math.Max(upTo, room.Head.FirstSeq - 1);
    }

    private Statement Of(string sql, EraseMessages command) =>
        context.Db.Statement(sql).Bind(1, command.Room.Value).Bind(2, command.Subject.Value);
}
