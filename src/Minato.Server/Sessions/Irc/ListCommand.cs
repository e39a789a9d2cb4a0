using System.Globalization;
using System.IO.Enumeration;
using Minato.Core.Rooms;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// LIST [ channel *( ',' channel ) ] [ elistcond *( ',' elistcond ) ]   https://modern.ircdocs.horse/#list-message
// elistcond = mask | '!' mask | '>' count | '<' count
internal static class ListCommand
{
    /// <summary>Channels of one list, those with the most members.</summary>
    private const int Max = 500;

    internal static async ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        var conditions = message[0].Split(',', StringSplitOptions.RemoveEmptyEntries);
        session.Replies.Add(Numeric.ListStart, "Channel", "Users  Name");
        foreach (var (view, _) in await session.Services.Store.ListPublicRoomsAsync(session.You!.Id, Max, CancellationToken.None))
        {
            var channel = IrcNames.ChannelOf(view.Room)!;
            var here = Here(session, view.Room);
            if (IsWanted(conditions, channel, here))
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

    private static bool IsWanted(string[] conditions, string channel, int here)
    {
        var isNamed = true;
        var names = conditions.Where(c => c[0] is not ('>' or '<' or '!')).ToList();
        if (names.Count > 0)
            isNamed = names.Any(n => Matches(n, channel));
        return isNamed && conditions.All(c => c[0] switch
        {
            '!' => !Matches(c[1..], channel),
            '>' => int.TryParse(c[1..], out var more) && here > more,
            '<' => int.TryParse(c[1..], out var fewer) && here < fewer,
            _ => true,
        });
    }

    private static bool Matches(string mask, string channel) => FileSystemName.MatchesSimpleExpression(Slug.Key(mask), Slug.Key(channel));
}
