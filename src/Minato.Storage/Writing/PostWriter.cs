using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Users;

namespace Minato.Storage.Writing;

internal sealed class PostWriter(
    WriteContext context, ClientIds clientIds, RoomActs acts, Messages messages, MentionWriter mentions, FileWriter files, SlowModeWriter slowMode)
{
    internal Outcome Apply(Post command, User actor)
    {
        if (context.Room(command.Room) is not { } room)
            return clientIds.NoSuchRoom(actor.Id, command.Cid);
        if (acts.Check(RoomAction.Post, room, actor) is { } refusal)
            return clientIds.Find(actor.Id, command.Cid, Act.Post, command.Room) ?? new Refused(refusal);
        MessageState? target = null;
        if (command.ReplyTo is { } replyTo)
        {
            target = messages.Find(command.Room, replyTo, actor.Id);
            if (target is null)
                return clientIds.Find(actor.Id, command.Cid, Act.Post, command.Room) ?? new Refused(Refusal.NoSuchMessage);
        }
        // Last, so that nobody waits for what is refused then.
        if (slowMode.Wait(room, actor.Id) is { } wait)
            return clientIds.Find(actor.Id, command.Cid, Act.Post, command.Room) ?? new Refused(Refusal.SlowMode, wait);
        // A thread has one root, however deep its answers go.
        var threadRoot = target?.ThreadRoot ?? command.ReplyTo;
        if (!clientIds.TryClaim(actor.Id, command.Cid, Act.Post, room.Room, room.Head.Seq + 1, context.NextTs(room), out var first))
            return first!;
        var (seq, ts) = context.Append(
            room, EventKind.Posted, actor.Id, command.Body.Utf8.Span, new Details(command.ReplyTo, Value: threadRoot));
        messages.Insert(room.Room.Id, seq, room.Head.PostNo, actor.Id, ts, command.ReplyTo, threadRoot);
        mentions.Insert(room.Room.Id, seq, ts, command.Body);
        files.Bring(room.Room.Id, seq, actor.Id, command.Body);
        slowMode.Note(room, actor.Id);
        return new Logged(room.Room, seq, ts, new Posted(room.Room.Id, seq, ts, actor, room.Head.PostNo, command.Body)
        {
            ReplyTo = command.ReplyTo,
            ThreadRoot = threadRoot,
        });
    }
}
