using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;
using Minato.Storage.Writing.Accounts;

namespace Minato.Storage.Writing;

/// <summary>The steps that acts in a room share: the room, the rights, the client id, and only then the event.</summary>
internal sealed class RoomActs(WriteContext context, ClientIds clientIds, Blocks blocks, OperatorNotes notes)
{
    /// <param name="mayNot">Asked of rights and limits; null: allowed.</param>
    /// <param name="isDone">True: all is as it is asked for. Then nothing is logged, and the answer is the room's head.</param>
    /// <param name="write">Logs the event and brings up to date what is derived from it.</param>
    internal Outcome CarryOut(
        RoomCommand command, User actor, Act act, Func<WriterRoom, Refusal?> mayNot, Func<WriterRoom, bool> isDone, Func<WriterRoom, Logged> write)
    {
        if (context.Room(command.Room) is not { } room)
            return clientIds.NoSuchRoom(actor.Id, command.Cid);
        // Somebody who lost the right since is still told what became of the first sending.
        if (mayNot(room) is { } refusal)
            return clientIds.Find(actor.Id, command.Cid, act, command.Room) ?? new Refused(refusal);
        Outcome? first;
        if (isDone(room))
            // Claimed, too: sent again after somebody undid it, it must not do it again.
            return clientIds.TryClaim(actor.Id, command.Cid, act, room.Room, room.Head.Seq, room.Head.Ts, out first)
                ? new Logged(room.Room, room.Head.Seq, room.Head.Ts, Event: null)
                : first!;
        if (!clientIds.TryClaim(actor.Id, command.Cid, act, room.Room, room.Head.Seq + 1, context.NextTs(room), out first))
            return first!;
        if (actor.Kind == UserKind.System)
            notes.Note(command, room.Room);
        return write(room);
    }

    /// <summary>As <see cref="CarryOut"/>, for what is no event: it is answered by the room's head.</summary>
    internal Outcome CarryOutUnlogged(RoomCommand command, User actor, Act act, Func<WriterRoom, Refusal?> mayNot, Action<WriterRoom> write)
    {
        if (context.Room(command.Room) is not { } room)
            return clientIds.NoSuchRoom(actor.Id, command.Cid);
        if (mayNot(room) is { } refusal)
            return clientIds.Find(actor.Id, command.Cid, act, command.Room) ?? new Refused(refusal);
        if (!clientIds.TryClaim(actor.Id, command.Cid, act, room.Room, room.Head.Seq, room.Head.Ts, out var first))
            return first!;
        write(room);
        return new Logged(room.Room, room.Head.Seq, room.Head.Ts, Event: null);
    }

    internal Refusal? Check(RoomAction action, WriterRoom room, User actor, Circumstances circumstances = default) => actor.Kind == UserKind.System
        ? OperatorRights.Check(action, room.Room.Rules)
        : RoomRights.Check(action, room.Room.Rules, context.SpeakingStanding(room, actor), circumstances with
        {
            IsBlocked = circumstances.IsBlocked || (RightsTable.IsBetweenTwo(action) && blocks.Sever(room.Room)),
        });
}
