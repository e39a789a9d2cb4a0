using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Storage.Writing;

namespace Minato.Storage.Postgres;

/// <summary>What the commands of a batch name.</summary>
internal sealed class BatchNeeds
{
    internal BatchNeeds(IReadOnlyList<Command> batch)
    {
        foreach (var command in batch)
            if (command is UserCommand { Actor.Id: var actor } known)
                Add(known, actor.Value);
            else if (command is DeleteAccount departure)
                Add(departure);
            else if (command is Purge purge)
                Add(purge);
    }

    /// <summary>Whose heads are locked, in the order of their ids.</summary>
    internal SortedSet<long> Rooms { get; } = [];

    internal HashSet<long> Users { get; } = [];

    /// <summary>Rooms, and who is asked about in them.</summary>
    internal HashSet<(long Room, long User)> Places { get; } = [];

    internal HashSet<(long User, ClientId Cid)> Cids { get; } = [];

    /// <summary>Rooms, and who has read on in them.</summary>
    internal HashSet<(long Room, long User)> Readers { get; } = [];

    /// <summary>Rooms, and up to which seq somebody has read.</summary>
    internal HashSet<(long Room, long Seq)> Read { get; } = [];

    /// <summary>Links, and who would join by them.</summary>
    internal List<(LinkSecret Secret, long User)> Links { get; } = [];

    /// <summary>Direct rooms by their keys, and who would enter them.</summary>
    internal List<(string Key, long User)> Opening { get; } = [];

    internal HashSet<long> Ending { get; } = [];

    private void Add(Purge purge)
    {
        Users.Add(purge.Subject.Value);
        Rooms.UnionWith(purge.WrittenIn.Select(r => r.Value));
        // A guest leaves every room with it.
        if (purge.Deactivate)
            Ending.Add(purge.Subject.Value);
    }

    /// <summary>Whoever leaves for good leaves every room, and says so where their words are erased.</summary>
    private void Add(DeleteAccount departure)
    {
        Users.Add(departure.Actor.Id.Value);
        Ending.Add(departure.Actor.Id.Value);
        Rooms.UnionWith(departure.WrittenIn.Select(r => r.Value));
    }

    private void Add(UserCommand command, long actor)
    {
        Users.Add(actor);
        if (command.Cid is { } cid)
            Cids.Add((actor, cid));
        if (command is RoomCommand { Room.Value: var room })
        {
            Rooms.Add(room);
            Places.Add((room, actor));
        }
        switch (command)
        {
            case MarkRead mark:
                Readers.Add((mark.Room.Value, actor));
                Read.Add((mark.Room.Value, mark.Seq));
                break;
            case MemberCommand about:
                Users.Add(about.Subject.Value);
                Places.Add((about.Room.Value, about.Subject.Value));
                break;
            case OpenDirect direct:
                Users.UnionWith(direct.Others.Select(o => o.Value));
                Opening.Add((DirectKey.Of([.. direct.People]), actor));
                break;
            case BlockUser about:
                Users.Add(about.Subject.Value);
                break;
            case SetServerRole about:
                Users.Add(about.Subject.Value);
                break;
            case JoinByLink join:
                Links.Add((join.Secret, actor));
                break;
            case EndVisitor:
                Ending.Add(actor);
                break;
        }
    }
}
