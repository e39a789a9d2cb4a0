using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Writing;

/// <summary>Direct rooms are made and found: the same people, the same room, for as long as it is there.</summary>
internal sealed class DirectRoomWriter(
    WriteContext context, ClientIds clientIds, RoomWriter rooms, MembershipWriter members, Blocks blocks, Paces paces)
{
    internal Outcome Apply(OpenDirect command, User actor)
    {
        UserId[] ids = [.. command.People];
        if (clientIds.Find(actor.Id, command.Cid, Act.OpenDirect, room => room.Users.Select(u => u.Id).SequenceEqual(ids)) is { } first)
            return first;
        if (ids.Length > OpenDirect.MaxPeople)
            return new Refused(Refusal.TooMany);
        var people = Array.ConvertAll(ids, context.User);
        if (people.Any(u => u is not { Kind: not UserKind.System }))
            return new Refused(Refusal.NoSuchUser);
        var key = DirectKey.Of(ids);
        if (Find(key) is { } room)
            return Enter(room, command, actor);
        if (ids.Any(id => id != actor.Id && (blocks.Has(id, actor.Id) || (ids.Length == 2 && blocks.Has(actor.Id, id)))))
            return new Refused(Refusal.Blocked);
        return paces.TryTake(Allowance.DirectRooms, actor.Id, Act.OpenDirect, out var tooFast)
            ? rooms.Create(RoomKind.Direct, slug: null, key, title: "", actor, people!, command.Cid, Act.OpenDirect)
            : tooFast;
    }

    /// <summary>Whoever has left it comes back by opening it themselves, and sees what is said from then on. Others who open it bring nobody back.</summary>
    private Outcome Enter(WriterRoom room, OpenDirect command, User actor)
    {
        var isMember = context.Place(room, actor.Id).Rank.IsMember;
        // The seq that is claimed is the next one.
        if (!isMember)
            context.Lock(room);
        return members.Join(room, actor, command.Cid, Act.OpenDirect, isMember);
    }

    private WriterRoom? Find(string key)
    {
        var row = context.Db.Statement("select id from rooms where direct_key = ?").Bind(1, key);
        RoomId? found = row.Step() ? new RoomId(row.Int64(0)) : null;
        row.Reset();
        return found is { } id ? context.Room(id) : null;
    }
}
