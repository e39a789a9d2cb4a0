using System.Text;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Reading;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>A room's lists of patterns.</summary>
internal sealed class PatternWriter(WriteContext context, RoomActs acts)
{
    internal Outcome Apply(SetPattern command, User actor) => acts.CarryOut(
        command, actor, Act.SetPattern,
        mayNot: room => acts.Check(RoomAction.Restrict, room, actor)
            // A private room has a door of its own.
            ?? (room.Room.Kind != RoomKind.Public ? Refusal.Forbidden
                : command.On && room.Room.Patterns >= UserPattern.MaxOfRoom && !IsListed(room, command) ? Refusal.TooMany : null),
        isDone: room => IsListed(room, command) == command.On,
        write: room =>
        {
            var (seq, ts) = context.Append(
                room, EventKind.PatternChanged, actor.Id, Encoding.UTF8.GetBytes(command.Pattern.Text), new Details(Value: PatternValue.Of(command.List, command.On)));
            if (command.On)
                context.Db.Statement("insert into room_patterns (room_id, list, pattern_key, pattern, by_user, at) values (?, ?, ?, ?, ?, ?)")
                    .Bind(1, room.Room.Id.Value).Bind(2, (long)command.List).Bind(3, command.Pattern.Key).Bind(4, command.Pattern.Text)
                    .Bind(5, actor.Id.Value).Bind(6, ts).Run();
            else
                context.Db.Statement("delete from room_patterns where room_id = ? and list = ? and pattern_key = ?")
                    .Bind(1, room.Room.Id.Value).Bind(2, (long)command.List).Bind(3, command.Pattern.Key).Run();
            var patterns = room.Room.Patterns + (command.On ? 1 : -1);
            context.Db.Statement("update rooms set patterns = ?2 where id = ?1").Bind(1, room.Room.Id.Value).Bind(2, patterns).Run();
            room.Room = room.Room with { Patterns = patterns };
            room.ForgetPatterns();
            context.RaiseAclVersion(room);
            return new Logged(room.Room, seq, ts, new PatternChanged(room.Room.Id, seq, ts, actor, command.List, command.Pattern.Text, command.On));
        });

    private bool IsListed(WriterRoom room, SetPattern command) => room.Room.Patterns > 0 && Database.Finds(
        context.Db.Statement("select 1 from room_patterns where room_id = ? and list = ? and pattern_key = ?")
            .Bind(1, room.Room.Id.Value).Bind(2, (long)command.List).Bind(3, command.Pattern.Key));
}
