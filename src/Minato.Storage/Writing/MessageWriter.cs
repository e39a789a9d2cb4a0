using System.Text;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>What is done with messages that are there: editing, deleting, reacting, pinning.</summary>
internal sealed class MessageWriter(WriteContext context, RoomActs acts, Messages messages, MentionWriter mentions, FileWriter files)
{
    /// <summary>Pinned messages in one room. Slack allows 100.</summary>
    private const int MaxPins = 100;

    /// <summary>Behind all that are there: whoever folds events has them in that order, also where several come in one millisecond.</summary>
    private const string AddReaction = """
        insert into reactions (room_id, seq, emoji, user_id, at)
        values (?1, ?2, ?3, ?4, coalesce((select max(at) + 1 from reactions where room_id = ?1 and seq = ?2 and at >= ?5), ?5))
        """;

    /// <summary>An emoji stays where it is for as long as somebody's is left: another has the time of whoever came first and goes.</summary>
    private const string LeavePlace = """
        update reactions set at = (select o.at from reactions o where o.room_id = ?1 and o.seq = ?2 and o.emoji = ?3 and o.user_id = ?4)
        where room_id = ?1 and seq = ?2 and emoji = ?3
          and user_id = (select min(n.user_id) from reactions n where n.room_id = ?1 and n.seq = ?2 and n.emoji = ?3 and n.user_id <> ?4)
          and at > (select o.at from reactions o where o.room_id = ?1 and o.seq = ?2 and o.emoji = ?3 and o.user_id = ?4)
        """;

    internal Outcome Apply(Edit command, User actor) => acts.CarryOut(
        command, actor, Act.Edit,
        mayNot: room => MayNot(RoomAction.Edit, room, command, actor),
        isDone: _ => false,
        write: room =>
        {
            var (seq, ts) = context.Append(room, EventKind.Edited, actor.Id, command.Body.Utf8.Span, new Details(command.Target));
            messages.Rewrite(command.Room, command.Target, seq, ts);
            mentions.Replace(command.Room, command.Target, command.Body);
            files.Replace(command.Room, command.Target, actor.Id, command.Body);
            return new Logged(room.Room, seq, ts, new Edited(command.Room, seq, ts, actor, command.Target, command.Body));
        });

    internal Outcome Apply(Delete command, User actor) => acts.CarryOut(
        command, actor, Act.Delete,
        mayNot: room => MayNot(RoomAction.Delete, room, command, actor, allowDeleted: true),
        isDone: _ => messages.Find(command.Room, command.Target, actor.Id) is { IsDeleted: true },
        write: room =>
        {
            var (seq, ts) = context.Append(room, EventKind.Deleted, actor.Id, body: [], new Details(command.Target));
            messages.Erase(command.Room, command.Target, seq, ts);
            mentions.Erase(command.Room, command.Target);
            return new Logged(room.Room, seq, ts, new Deleted(command.Room, seq, ts, actor, command.Target));
        });

    internal Outcome Apply(React command, User actor) => acts.CarryOut(
        command, actor, Act.React,
        mayNot: room => MayNot(RoomAction.React, room, command, actor) ?? (command.On && IsFullOfReactions(command) ? Refusal.TooMany : null),
        isDone: _ => HasReacted(command, actor) == command.On,
        write: room =>
        {
            var (seq, ts) = context.Append(
                room, EventKind.Reacted, actor.Id, Encoding.UTF8.GetBytes(command.Emoji), new Details(command.Target, Value: command.On ? 1 : 0));
            if (command.On)
                Of(command, AddReaction).Bind(3, command.Emoji).Bind(4, actor.Id.Value).Bind(5, ts).Run();
            else
            {
                Of(command, LeavePlace).Bind(3, command.Emoji).Bind(4, actor.Id.Value).Run();
                Of(command, "delete from reactions where room_id = ?1 and seq = ?2 and emoji = ?3 and user_id = ?4").Bind(3, command.Emoji).Bind(4, actor.Id.Value).Run();
            }
            messages.Touch(command.Room, command.Target, seq);
            return new Logged(room.Room, seq, ts, new Reacted(command.Room, seq, ts, actor, command.Target, command.Emoji, command.On));
        });

    internal Outcome Apply(Pin command, User actor) => acts.CarryOut(
        command, actor, Act.Pin,
        mayNot: room => MayNot(RoomAction.Pin, room, command, actor) ?? (command.On && IsFullOfPins(command) ? Refusal.TooMany : null),
        isDone: _ => IsPinned(command) == command.On,
        write: room =>
        {
            var (seq, ts) = context.Append(room, EventKind.PinChanged, actor.Id, body: [], new Details(command.Target, Value: command.On ? 1 : 0));
            if (command.On)
                Of(command, "insert into pins (room_id, seq, by_user, at) values (?1, ?2, ?3, ?4)").Bind(3, actor.Id.Value).Bind(4, ts).Run();
            else
                Of(command, "delete from pins where room_id = ?1 and seq = ?2").Run();
            messages.Touch(command.Room, command.Target, seq);
            return new Logged(room.Room, seq, ts, new PinChanged(command.Room, seq, ts, actor, command.Target, command.On));
        });

    private Refusal? MayNot(RoomAction action, WriterRoom room, MessageCommand command, User actor, bool allowDeleted = false)
    {
        var found = messages.Find(command.Room, command.Target, actor.Id);
        if (acts.Check(action, room, actor, new Circumstances(IsOwn: found?.Author == actor.Id)) is { } refusal)
            // Whoever might do it to some message is told that there is no such one; whoever might to none, that they may not.
            return found is null && acts.Check(action, room, actor, new Circumstances(IsOwn: true)) is null ? Refusal.NoSuchMessage : refusal;
        return found is null || (found.Value.IsDeleted && !allowDeleted) ? Refusal.NoSuchMessage : null;
    }

    private bool HasReacted(React command, User actor) =>
        Database.Finds(Of(command, "select 1 from reactions where room_id = ?1 and seq = ?2 and emoji = ?3 and user_id = ?4")
            .Bind(3, command.Emoji).Bind(4, actor.Id.Value));

    /// <summary>Whether one more kind would be too many; joining in where others reacted so is not one more.</summary>
    private bool IsFullOfReactions(React command) => Database.Finds(
        Of(command, """
            select 1 where (select count(distinct emoji) from reactions where room_id = ?1 and seq = ?2) >= ?4
              and not exists (select 1 from reactions where room_id = ?1 and seq = ?2 and emoji = ?3)
            """).Bind(3, command.Emoji).Bind(4, Emoji.MaxOnMessage));

    private bool IsPinned(Pin command) => Database.Finds(Of(command, "select 1 from pins where room_id = ?1 and seq = ?2"));

    private bool IsFullOfPins(Pin command) => Database.Finds(
        Of(command, """
            select 1 where (select count(*) from pins where room_id = ?1) >= ?3
              and not exists (select 1 from pins where room_id = ?1 and seq = ?2)
            """).Bind(3, MaxPins));

    private Statement Of(MessageCommand command, string sql) =>
        context.Db.Statement(sql).Bind(1, command.Room.Value).Bind(2, command.Target);
}
