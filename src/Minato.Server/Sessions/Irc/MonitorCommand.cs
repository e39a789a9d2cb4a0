using System.Globalization;
using Minato.Core.Users;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// MONITOR ( '+' | '-' ) nick *( ',' nick ) | MONITOR ( 'C' | 'L' | 'S' )   https://ircv3.net/specs/extensions/monitor
internal static class MonitorCommand
{
    /// <summary>Nicks in one reply that are not its last parameter: 5 of the longest fit.</summary>
    private const int NicksOfReply = 5;

    internal static async ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        var watched = session.Watched;
        switch (message[0].ToUpperInvariant())
        {
            case "+":
                await AddAsync(session, message[1].Split(',', StringSplitOptions.RemoveEmptyEntries));
                break;
            case "-":
                foreach (var nick in message[1].Split(',', StringSplitOptions.RemoveEmptyEntries))
                    if (watched.Remove(Nick.Key(nick)))
                        session.Network.Watches.Remove(session, nick);
                break;
            case "C":
                foreach (var nick in watched.Values)
                    session.Network.Watches.Remove(session, nick);
                watched.Clear();
                break;
            case "L":
                Say(session, Numeric.MonitorList, watched.Values);
                session.Replies.Add(Numeric.EndOfMonitorList, "End of MONITOR list");
                break;
            case "S":
                await SayWhoIsThereAsync(session, watched.Values);
                break;
        }
    }

    private static async ValueTask AddAsync(IrcSession session, string[] nicks)
    {
        var added = new List<string>();
        for (var i = 0; i < nicks.Length; i++)
        {
            if (session.Watched.Count >= Watches.Max && !session.Watched.ContainsKey(Nick.Key(nicks[i])))
            {
                foreach (var few in nicks[i..].Chunk(NicksOfReply))
                    session.Replies.Add(
                        Numeric.MonitorListFull, Watches.Max.ToString(CultureInfo.InvariantCulture), string.Join(',', few.Select(Targets.Word)), "Monitor list is full");
                break;
            }
            if (Nick.Normalize(nicks[i]) is not { } nick)
                continue;
            if (session.Watched.TryAdd(Nick.Key(nick), nick))
                session.Network.Watches.Add(session, nick);
            added.Add(nick);
        }
        await SayWhoIsThereAsync(session, added);
    }

    private static async ValueTask SayWhoIsThereAsync(IrcSession session, IEnumerable<string> nicks)
    {
        var (online, offline) = (new List<string>(), new List<string>());
        foreach (var nick in nicks)
            if (await session.Services.Store.FindUserAsync(nick, CancellationToken.None) is { } user && session.IsOnline(user))
                online.Add(session.Network.FaceOf(user).Mask(user));
            else
                offline.Add(nick);
        Say(session, Numeric.MonitorOnline, online);
        Say(session, Numeric.MonitorOffline, offline);
    }

    private static void Say(IrcSession session, Numeric numeric, IEnumerable<string> names) => NameLines.Write(() => session.Replies.Begin(numeric), names, ',');
}
