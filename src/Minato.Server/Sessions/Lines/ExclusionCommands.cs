using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Sessions.Acts;
using Minato.Wire.Lines;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.Lines;

/// <summary>Who is kept out of the room or does not speak in it: /bans, /unban. What is listed is ended as it stands there.</summary>
internal static class ExclusionCommands
{
    internal static async ValueTask ListAsync(LineSession session, string arguments)
    {
        if (await RoomAsync(session) is not { } room)
            return;
        var store = session.Services.Store;
        var people = await store.ReadExclusionsAsync(room.Id, CancellationToken.None);
        var patterns = room.Patterns == 0 ? [] : await store.ReadPatternsAsync(room.Id, CancellationToken.None);
        foreach (var one in people)
            session.Notice($"{PatternLists.Name(one.IsMute ? PatternList.Mute : PatternList.Ban)} {one.Subject.Nick}, by {one.By.Nick}{LineWriter.Until(one.Until)}");
        foreach (var one in patterns)
            session.Notice($"{PatternLists.Name(one.List)} {one.Pattern.Text}, by {one.By.Nick}");
        session.Notice(people.Count + patterns.Count == 0
            ? $"Nobody is banned or muted in {LineWriter.Label(room)}."
            : "/unban LIST WHOM ends one, as it stands here: /unban ban NAME");
    }

    // arguments = list SP ( nick | pattern )
    internal static async ValueTask EndAsync(LineSession session, string arguments)
    {
        var space = arguments.IndexOf(' ');
        if (space < 0 || PatternLists.Parse(arguments[..space]) is not { } list)
            session.Notice("/unban LIST WHOM, as /bans lists them: LIST is ban, mute, ban_exception, mute_exception or invite_exception");
        else if (await RoomAsync(session) is { } room)
            await EndAsync(session, room, list, arguments[space..].Trim());
    }

    /// <summary>A name alone is a person: all patterns are listed with what is left out.</summary>
    private static async ValueTask EndAsync(LineSession session, Room room, PatternList list, string whom)
    {
        if (list is PatternList.Ban or PatternList.Mute && whom.AsSpan().IndexOfAny("!@:*?") < 0)
        {
            if (await session.Services.Store.FindUserAsync(whom) is not { } person)
                session.Notice(Refusal.NoSuchUser.Sentence());
            else
                await DoAsync(session, list, person.Nick, you => list == PatternList.Ban ? new Unban(you, null, room.Id, person.Id) : new Unmute(you, null, room.Id, person.Id));
        }
        else if (UserPattern.TryParse(whom) is { } pattern)
            await DoAsync(session, list, pattern.Text, you => new SetPattern(you, null, room.Id, list, pattern, On: false));
        else
            session.Notice(Refusal.BadPattern.Sentence());
    }

    /// <summary>The event says so to whoever is in the room; who is not, or found it so, is told here.</summary>
    private static async ValueTask DoAsync(LineSession session, PatternList list, string whom, Func<User, Command> command)
    {
        if (await session.AskAsync<Outcome>(command) is Logged { Event: null })
            session.Notice($"{PatternLists.Name(list)} {whom} is not there.");
    }

    /// <summary>The current one as it is now; null, and said so, when there is none or not for this person.</summary>
    private static async ValueTask<Room?> RoomAsync(LineSession session)
    {
        if (session.Current is { } current && await session.Services.Store.FindRoomAsync(current.Uid, CancellationToken.None) is { } room && await session.MayReadAsync(room))
            return room;
        session.Notice("You are in no room. /join #lobby");
        return null;
    }
}
