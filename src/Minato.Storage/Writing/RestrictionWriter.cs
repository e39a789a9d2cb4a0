using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Reading;

namespace Minato.Storage.Writing;

/// <summary>Who comes into a room, who speaks in it from outside, and who sets its topic.</summary>
internal sealed class RestrictionWriter(WriteContext context, RoomActs acts, Paces paces, Invitations invitations)
{
    internal Outcome Apply(Restrict command, User actor) => acts.CarryOut(
        command, actor, Act.Restrict,
        // Everybody looks on in the lobby, whether they join or not.
        mayNot: room => acts.Check(RoomAction.Restrict, room, actor)
            ?? (room.Room.Slug == Slug.Lobby && command.On.HasFlag(Restrictions.InviteOnly) ? Refusal.Forbidden : null),
        isDone: room => After(room, command) == room.Room.Restrictions,
        write: room =>
        {
            var (before, after) = (room.Room.Restrictions, After(room, command));
            var (on, off) = (after & ~before, before & ~after);
            var (seq, ts) = context.Append(room, EventKind.RestrictionsChanged, actor.Id, body: [], new Details(Value: RestrictionValue.Of(on, off)));
            context.Db.Statement("update rooms set restrictions = ?2 where id = ?1").Bind(1, room.Room.Id.Value).Bind(2, (long)after).Run();
            room.Room = room.Room with { Restrictions = after };
            context.RaiseAclVersion(room);
            return new Logged(room.Room, seq, ts, new RestrictionsChanged(room.Room.Id, seq, ts, actor, on, off));
        });

    internal Outcome Apply(SetMemberLimit command, User actor) => acts.CarryOut(
        command, actor, Act.SetMemberLimit,
        mayNot: room => acts.Check(RoomAction.Restrict, room, actor) ?? OnlyPublic(room)
            ?? (command.Members is { } members && !MemberLimit.IsValid(members) ? Refusal.BadLimit : null),
        isDone: room => room.Room.MemberLimit == command.Members,
        write: room =>
        {
            var (seq, ts) = context.Append(room, EventKind.MemberLimitChanged, actor.Id, body: [], new Details(Value: command.Members));
            context.Db.Statement("update rooms set member_limit = ?2 where id = ?1").Bind(1, room.Room.Id.Value).Bind(2, command.Members).Run();
            room.Room = room.Room with { MemberLimit = command.Members };
            return new Logged(room.Room, seq, ts, new MemberLimitChanged(room.Room.Id, seq, ts, actor, command.Members));
        });

    internal Outcome Apply(SetKey command, User actor) => acts.CarryOut(
        command, actor, Act.SetKey,
        mayNot: room => acts.Check(RoomAction.Restrict, room, actor) ?? OnlyPublic(room) ?? (room.Room.Slug == Slug.Lobby ? Refusal.Forbidden : null),
        isDone: room => room.Room.Key == command.Key,
        write: room =>
        {
            var (seq, ts) = context.Append(room, EventKind.KeyChanged, actor.Id, body: [], new Details(Value: command.Key is null ? 0 : 1));
            context.Db.Statement("update rooms set room_key = ?2 where id = ?1").Bind(1, room.Room.Id.Value).Bind(2, command.Key?.Text).Run();
            room.Room = room.Room with { Key = command.Key };
            context.RaiseAclVersion(room);
            return new Logged(room.Room, seq, ts, new KeyChanged(room.Room.Id, seq, ts, actor, On: command.Key is not null));
        });

    /// <summary>Why somebody whom the rights let in does not come in all the same; null: they do.</summary>
    internal Refused? AtTheDoor(WriterRoom room, User actor, RoomKey? key)
    {
        var keepsOrder = context.Place(room, actor.Id).Rank.OnServer >= ServerRole.Admin;
        var isExpected = keepsOrder || invitations.LetIn(room, actor.Id);
        var hits = context.Hits(room, actor);
        var isPardoned = keepsOrder || (hits.IsBanned && invitations.LetInByModerator(room, actor.Id));
        // Whatever is tried counts: else the answer to one too many would tell that it was right.
        if (!isExpected && room.Room.Key is not null && key is not null && !paces.TryTake(Allowance.Keys, actor.Id, Act.Join, out var tooFast))
            return tooFast;
        return Door.Check(room.Room, room.Room.MemberLimit is null ? 0 : Members(room), isExpected, isPardoned, key, hits) is { } refusal ? new Refused(refusal) : null;
    }

    private static Restrictions After(WriterRoom room, Restrict command) => (room.Room.Restrictions | command.On) & ~command.Off;

    /// <summary>A private room has a door of its own.</summary>
    private static Refusal? OnlyPublic(WriterRoom room) => room.Room.Kind == RoomKind.Public ? null : Refusal.Forbidden;

    private long Members(WriterRoom room)
    {
        var row = context.Db.Statement("select members from rooms where id = ?").Bind(1, room.Room.Id.Value);
        row.Step();
        var members = row.Int64(0);
        row.Reset();
        return members;
    }
}
