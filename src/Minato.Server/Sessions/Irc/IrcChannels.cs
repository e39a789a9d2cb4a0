using System.Buffers;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Rooms;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>The rooms that one client is in, and how it comes into each: by its own JOIN, by another device of its user's, or because it returned.</summary>
internal sealed class IrcChannels(IrcSession session)
{
    /// <summary>Channels of one client. As many as a client shows, and a bound on what it costs.</summary>
    internal const int Max = 250;

    private readonly Lock _gate = new();

    /// <summary>Names of rooms that the client's own command is about to enter: what else is heard of it meanwhile is the same entering.</summary>
    private readonly HashSet<string> _entering = [];

    /// <summary>Rooms of which the client was just told that they are another channel, and is still to be shown what that is.</summary>
    private readonly HashSet<RoomId> _moved = [];

    internal int Count => session.Rooms.Count(r => IrcNames.ChannelOf(r.Room) is not null);

    /// <summary>The room of a channel's name that the client is in; null: none.</summary>
    internal LiveRoom? Find(string channel)
    {
        var key = Slug.Key(channel);
        return session.Rooms.FirstOrDefault(r => IrcNames.ChannelOf(r.Room) is { } name && Slug.Key(name) == key);
    }

    /// <summary>The same by any name that the room has or had.</summary>
    internal async ValueTask<LiveRoom?> FindAsync(string channel)
    {
        if (Find(channel) is { } live)
            return live;
        return channel.StartsWith('#') && Slug.Normalize(channel) is { } slug && await session.Services.Store.FindRoomAsync(slug, CancellationToken.None) is { } room
            ? session.Rooms.FirstOrDefault(r => r.Id == room.Id)
            : null;
    }

    /// <summary>Enters by the client's own command.</summary>
    /// <param name="ask">Has the membership begun, and waits for it.</param>
    internal async ValueTask<Refused?> JoinAsync(string slug, Func<ValueTask<Outcome>> ask)
    {
        var key = Slug.Key(slug);
        lock (_gate)
            _entering.Add(key);
        try
        {
            var outcome = await ask();
            if (outcome is not Logged joined)
                return (Refused)outcome;
            await EnterAsync(joined.Room, joined.Seq, isOwn: true);
            return null;
        }
        finally
        {
            lock (_gate)
                _entering.Remove(key);
        }
    }

    /// <summary>The user is in this room since an event, over whatever protocol. On the publisher's thread.</summary>
    internal void OnEntered(Logged entered)
    {
        if (entered.Room.Slug is { } slug)
            lock (_gate)
                if (_entering.Contains(Slug.Key(slug)))
                    return;
        // A store of SQLite answers at once; another makes the publisher wait for a few indexed rows.
        var entering = EnterAsync(entered.Room, entered.Seq, isOwn: false, isOnPublisher: true);
        if (!entering.IsCompletedSuccessfully)
            entering.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>A room is another channel from now on. Under the room's lock.</summary>
    internal void OnMoved(RoomId room)
    {
        lock (_gate)
            _moved.Add(room);
    }

    /// <summary>Shows what the channel is that a room has become, where that was just told. On the publisher's thread.</summary>
    internal void OnRenamed(Logged renamed)
    {
        if (!HasMoved(renamed.Room.Id) || session.Rooms.FirstOrDefault(r => r.Id == renamed.Room.Id) is not { } live)
            return;
        var showing = ShowMovedAsync(live, renamed);
        if (!showing.IsCompletedSuccessfully)
            showing.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Is told of a direct room that the user has opened.</summary>
    internal ValueTask ListenAsync(Logged opened) => EnterAsync(opened.Room, opened.Seq, isOwn: false);

    /// <summary>The event that says so was the last one heard of the room.</summary>
    internal void OnExited(Logged exited)
    {
        if (exited.Event is not Left || IrcNames.ChannelOf(exited.Room) is not null)
            session.Exit(exited.Room.Id, reason: null);
    }

    /// <summary>Back in the rooms in which the user stayed while nobody was connected.</summary>
    /// <param name="keepsPace">Whether each costs as much as a command; whoever only just came is held back at the door.</param>
    internal async ValueTask ReturnAsync(bool keepsPace = false)
    {
        foreach (var view in await session.Services.Store.ListRoomsAsync(session.You!.Id, CancellationToken.None))
        {
            if (!view.IsMember)
                continue;
            if (keepsPace)
                await session.KeepPaceAsync();
            await EnterAsync(view.Room, view.Head.Seq, isOwn: false);
        }
    }

    /// <summary>Is told of a room from an event on, and shown what it is.</summary>
    /// <param name="isOnPublisher">Everybody waits: who set the topic is left to be asked for by TOPIC.</param>
    private async ValueTask EnterAsync(Room room, long after, bool isOwn, bool isOnPublisher = false)
    {
        if (await session.SubscribeAsync(room, after) is not { } entered)
            return;
        var live = entered.Subscription.Room;
        // By the name that the room has now, which may be a newer one than that by which it was entered, or one that is still to be told to others.
        var now = live.AsOf(room, after);
        var shown = now.Slug;
        if (IrcNames.ChannelOf(now) is { } channel)
            Send(isOwn, output => session.Format.Writer.Joined(output, channel, session.You!, session.Network.Now));
        await CatchingUp.RunAsync(session.Services.Store, entered.Subscription, session.Format, after, IsTold);
        HasMoved(room.Id);
        if (IrcNames.ChannelOf(now = live.AsOf(room, after)) is null)
            return;
        MetadataLines.TellOwn(session, live);
        await ShowAsync(
            live, now, isOwn, asks: !isOnPublisher,
            session.Caps.HasAny(IrcCaps.NoImplicitNames | IrcCaps.DraftNoImplicitNames) ? null : await Roles.ReadAsync(session.Services.Store, room));

        bool IsTold(RoomEvent ev)
        {
            if (ev is not SlugChanged changed)
                return ev is not (Joined or Left or Created);
            if (changed.Was != shown)
                return false;
            shown = changed.Slug;
            return true;
        }
    }

    private async ValueTask ShowMovedAsync(LiveRoom live, Logged renamed) => await ShowAsync(
        live, live.Room, isOwn: false, asks: false,
        session.Caps.HasAny(IrcCaps.NoImplicitNames | IrcCaps.DraftNoImplicitNames) ? null : await session.Network.ReadRolesAsync(session.Services.Store, renamed.Room, renamed.Seq));

    /// <summary>What is told of a channel behind a JOIN: its topic, how far one has read, who is there.</summary>
    /// <param name="asks">Whether there is time to ask who set the topic.</param>
    /// <param name="roles">Of those whose names are told; null: none are.</param>
    private async ValueTask ShowAsync(LiveRoom live, Room room, bool isOwn, bool asks, IReadOnlyDictionary<UserId, Standing>? roles)
    {
        var channel = IrcNames.ChannelOf(room)!;
        if (room.Topic.Length > 0)
        {
            var topic = await TopicReply.OfAsync(session, room, channel, asks);
            Send(isOwn, output => output.Write(topic));
        }
        if (session.Caps.HasFlag(IrcCaps.ReadMarker))
        {
            var marker = await ReadMarkers.ShowAsync(session, room, channel);
            Send(isOwn, output => output.Write(marker));
        }
        if (roles is not null)
            live.LookAtRoster(users => Send(isOwn, output => NamesReply.Write(output, session, room, channel, users, roles)));
        if (MetadataLines.OnEntering(session, live, channel) is { Length: > 0 } metadata)
            Send(isOwn, output => output.Write(metadata));
    }

    private bool HasMoved(RoomId room)
    {
        lock (_gate)
            return _moved.Remove(room);
    }

    /// <param name="isOwn">Whether it answers the client's command, and so may stand under its label.</param>
    private void Send(bool isOwn, Action<IBufferWriter<byte>> write)
    {
        if (!isOwn)
        {
            session.Say(write);
            return;
        }
        write(session.Replies.Output);
        session.Replies.SendNow();
    }
}
