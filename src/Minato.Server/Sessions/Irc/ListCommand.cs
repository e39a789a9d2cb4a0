using System.Globalization;
using System.IO.Enumeration;
using Minato.Core.Rooms;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// LIST [ channel *( ',' channel ) ] [ elistcond *( ',' elistcond ) ]   https://modern.ircdocs.horse/#list-message
// elistcond = mask | '!' mask | '>' count | '<' count | 'C' ( '>' | '<' ) minutes | 'T' ( '>' | '<' ) minutes
internal static class ListCommand
{
    /// <summary>Channels of one list, those with the most members.</summary>
    private const int Max = 500;

    internal static async ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        var conditions = $"{message[0]},{message[1]}".Split(',', StringSplitOptions.RemoveEmptyEntries);
        session.Replies.Add(Numeric.ListStart, "Channel", "Users  Name");
        foreach (var (view, members) in await session.Services.Store.ListPublicRoomsAsync(session.You!.Id, Max, CancellationToken.None))
        {
            var channel = IrcNames.ChannelOf(view.Room)!;
            var here = Here(session, view.Room);
            // A room in which nobody is or was and nothing was said is no channel yet: the lobby of a new server.
            if (here + members + view.Head.PostNo > 0 && await IsWantedAsync(session, conditions, view.Room, channel, here))
                session.Replies.Add(Numeric.List, channel, here.ToString(CultureInfo.InvariantCulture), view.Room.Topic);
        }
        session.Replies.Add(Numeric.ListEnd, "End of /LIST");
    }

    private static int Here(IrcSession session, Room room)
    {
        var count = 0;
        session.Services.Rooms.Find(room.Id)?.LookAtRoster(users => count = users.Count);
        return count;
    }

    private static async ValueTask<bool> IsWantedAsync(IrcSession session, string[] conditions, Room room, string channel, int here)
    {
        var names = conditions.Where(IsMask).ToList();
        if (names.Count > 0 && !names.Exists(n => Matches(n, channel)))
            return false;
        foreach (var condition in conditions.Except(names))
        {
            var isMet = condition[0] switch
            {
                '!' => !Matches(condition[1..], channel),
                'C' or 'c' => IsIn(condition[1..], MinutesSince(session, IrcNames.MadeAt(room))),
                'T' or 't' => room.Topic.Length > 0 && await SetterAsync(session, room) is { } set && IsIn(condition[1..], MinutesSince(session, set.At)),
                _ => IsIn(condition, here),
            };
            if (!isMet)
                return false;
        }
        return true;
    }

    /// <summary>Each room that has to be asked for costs as much as a command.</summary>
    private static async ValueTask<TopicSetter?> SetterAsync(IrcSession session, Room room)
    {
        await session.KeepPaceAsync();
        return await session.Services.Store.ReadTopicSetterAsync(room.Id, session.You!.Id, CancellationToken.None);
    }

    private static bool IsMask(string condition) =>
        condition[0] is not ('>' or '<' or '!') && !(condition.Length > 1 && condition[0] is 'C' or 'c' or 'T' or 't' && condition[1] is '>' or '<');

    // range = ( '>' | '<' ) number
    private static bool IsIn(string range, double value) =>
        double.TryParse(range.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var bound) && (range[0] == '>' ? value > bound : value < bound);

    private static double MinutesSince(IrcSession session, long ts) => (session.Network.Now - ts) / 60_000.0;

    private static bool Matches(string mask, string channel) => FileSystemName.MatchesSimpleExpression(Slug.Key(mask), Slug.Key(channel));
}
