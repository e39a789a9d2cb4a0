using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Server.Rooms.Presence;
using Minato.Wire.Lines;

namespace Minato.Server.Sessions.Lines;

/// <summary>Rooms: /join, /leave, /rooms, /who, /topic.</summary>
internal static class RoomCommands
{
    private const int MaxListed = 100;

    // arguments = room [ SP key ] | link
    /// <param name="arguments">A room's name, with its key where it takes one, or a link as it was passed on.</param>
    internal static async ValueTask JoinAsync(LineSession session, string arguments)
    {
        if (LinkSecret.TryFind(arguments, out var secret))
        {
            if (await session.AskAsync<Logged>(you => new JoinByLink(you, null, secret)) is { } entered)
                await EnterAsync(session, entered, isMade: false);
            return;
        }
        var space = arguments.IndexOf(' ');
        var (name, key) = space < 0 ? (arguments, null) : (arguments[..space], RoomKey.TryParse(arguments[space..].Trim()));
        if (Slug.Normalize(space > 0 && key is null ? arguments : name) is not { } slug)
        {
            session.Notice(arguments.Length == 0 ? "/join #ROOM" : Refusal.BadSlug.Sentence());
            return;
        }
        var found = await session.Services.Store.FindRoomAsync(slug, CancellationToken.None);
        var joined = found is null
            ? await session.AskAsync<Logged>(you => new CreateRoom(you, null, slug, Title: slug))
            : await session.AskAsync<Logged>(you => new Join(you, null, found.Id) { Key = key });
        if (joined is not null)
            await EnterAsync(session, joined, isMade: found is null);
    }

    private static async ValueTask EnterAsync(LineSession session, Logged joined, bool isMade)
    {
        await session.EnterAsync(joined.Room, joined.Event);
        var topic = joined.Room.Topic.Length == 0 ? "" : $" Topic: {joined.Room.Topic}";
        session.Notice($"{(isMade ? "You made" : "You are in")} {LineWriter.Label(joined.Room)}.{topic}");
    }

    internal static async ValueTask LeaveAsync(LineSession session, string arguments)
    {
        if (await RoomOf(session, arguments) is not { } room)
            return;
        // One who only looked on has nothing to leave but the room's live side.
        if (session.You is { } you && (await session.Services.Store.ReadStandingAsync(room.Id, you.Id, CancellationToken.None)).IsMember()
            && await session.AskAsync<Logged>(u => new Leave(u, null, room.Id)) is null)
            return;
        session.Exit(room.Id);
        session.Notice(session.Current is { } next
            ? $"You left {LineWriter.Label(room)}, and are in {LineWriter.Label(next)}."
            : $"You left {LineWriter.Label(room)}. /join #lobby");
    }

    internal static async ValueTask ListAsync(LineSession session, string arguments)
    {
        foreach (var (view, members) in await session.Services.Store.ListPublicRoomsAsync(session.You?.Id, MaxListed, CancellationToken.None))
        {
            var here = session.Services.Rooms.Find(view.Room.Id)?.HereCount ?? 0;
            var topic = view.Room.Topic.Length == 0 ? "" : $" — {view.Room.Topic}";
            session.Notice($"{LineWriter.Label(view.Room)}  {here} here, {members} members, {view.Head.PostNo} messages{topic}");
        }
    }

    internal static async ValueTask WhoAsync(LineSession session, string arguments)
    {
        if (await RoomOf(session, arguments) is not { } room)
            return;
        var live = session.Services.Rooms.Find(room.Id);
        var here = live?.Here(after: null, MaxListed) ?? new HerePage([], false, 0);
        var nicks = here.Users.Select(u => u.Nick).Concat(live?.NamelessHere(MaxListed) ?? []).Take(MaxListed);
        var names = string.Join(", ", nicks.Order(StringComparer.OrdinalIgnoreCase));
        session.Notice($"{LineWriter.Label(room)}, {here.Count} here: {names}{(here.Count > MaxListed ? ", …" : "")}");
    }

    internal static async ValueTask TopicAsync(LineSession session, string arguments)
    {
        if (await RoomOf(session, "") is not { } room)
            return;
        if (arguments.Length == 0)
            session.Notice(room.Topic.Length == 0 ? $"{LineWriter.Label(room)} has no topic." : room.Topic);
        else if (RoomText.Normalize(arguments, RoomText.MaxTopic) is not { } topic)
            session.Notice(Refusal.BadTopic.Sentence());
        else if (await session.AskAsync<Logged>(you => new SetTopic(you, null, room.Id, topic)) is not null)
            session.Current = room with { Topic = topic };
    }

    /// <summary>The room that was named, or the current one; null, and said so, when there is none or not for this person.</summary>
    private static async ValueTask<Room?> RoomOf(LineSession session, string argument)
    {
        var room = argument.Length == 0 ? session.Current : await session.Services.Store.FindRoomAsync(argument.TrimStart('#'), CancellationToken.None);
        var refusal = room is null ? Refusal.NoSuchRoom : await session.WhyNotReadAsync(room);
        if (refusal is null)
            return room;
        session.Notice(argument.Length == 0 ? "You are in no room. /join #lobby" : refusal.Value.Sentence());
        return null;
    }
}
