using System.IO.Enumeration;
using Minato.Core.Users;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// WHO mask [ '%' fields [ ',' token ] | 'o' ]   https://modern.ircdocs.horse/#who-message and https://ircv3.net/specs/extensions/whox
internal static class WhoCommand
{
    /// <summary>The order in which fields are answered, however they were asked for.</summary>
    private const string Fields = "tcuihsnfdlaor";

    /// <summary>People in one answer to a mask.</summary>
    private const int Max = 200;

    internal static async ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        var mask = message[0];
        var ask = Ask.Parse(message[1]);
        if (Targets.IsChannel(mask))
            await InChannelAsync(session, mask, ask);
        else if (mask.Length > 0)
            foreach (var user in Find(session, mask).Where(u => ask.Wants(session, u)))
                Say(session, "*", user, prefix: "", ask);
        session.Replies.Add(Numeric.EndOfWho, Targets.Word(mask), "End of WHO list");
    }

    private static async ValueTask InChannelAsync(IrcSession session, string channel, Ask ask)
    {
        var room = await session.FindRoomAsync(channel);
        if (await session.WhyNotReadAsync(room ?? Targets.NoRoom) is not null)
            return;
        var roles = await Roles.ReadAsync(session.Services.Store, room!);
        IReadOnlyCollection<User> users = [];
        session.Services.Rooms.Find(room!.Id)?.LookAtRoster(all => users = [.. all]);
        foreach (var user in users.Where(u => ask.Wants(session, u)))
            Say(session, IrcNames.ChannelOf(room)!, user, roles.PrefixOf(user), ask);
    }

    /// <summary>Somebody by their whole nick; by a mask, those with whom the client shares a room, and whoever is not invisible.</summary>
    private static IEnumerable<User> Find(IrcSession session, string mask)
    {
        var key = Nick.Key(mask);
        if (mask.AsSpan().IndexOfAny('*', '?') < 0)
            return session.Services.Sessions.All.Select(s => s.You).OfType<User>().Where(u => Nick.Key(u.Nick) == key).DistinctBy(u => u.Id);
        var seen = session.Services.Sessions.All.Where(s => s == session || s is IrcSession { IsVisible: true }).Select(s => s.You).OfType<User>()
            .DistinctBy(u => u.Id).ToDictionary(u => u.Id);
        foreach (var room in session.Rooms)
            room.LookAtRoster(users =>
            {
                foreach (var user in users)
                    seen.TryAdd(user.Id, user);
            });
        return seen.Values.Where(u => FileSystemName.MatchesSimpleExpression(key, Nick.Key(u.Nick))
            || FileSystemName.MatchesSimpleExpression(mask, session.Network.FaceOf(u).Mask(u))).Take(Max);
    }

    private static void Say(IrcSession session, string channel, User user, string prefix, Ask ask)
    {
        var face = session.Network.FaceOf(user);
        var flags = (session.Network.AwayMessageOf(user) is null ? "H" : "G") + (session.Network.IsOperator(user) ? "*" : "") + (face.IsBot ? "B" : "") + prefix;
        if (ask.Wanted is not { } wanted)
        {
            session.Replies.Begin(Numeric.WhoReply).Word(channel).Word(face.Username).Word(face.Host).Word(session.Network.Server).Word(user.Nick).Word(flags).End($"0 {face.Realname}");
            return;
        }
        var writer = session.Replies.Begin(Numeric.WhoSpecialReply);
        foreach (var field in Fields.Where(f => f != 'r' && wanted.Contains(f)))
            writer.Word(field switch
            {
                't' => ask.Token,
                'c' => channel,
                'u' => face.Username,
                'i' => "255.255.255.255",
                'h' => face.Host,
                's' => session.Network.Server,
                'n' => user.Nick,
                'f' => flags,
                'a' => IrcEventWriter.AccountOf(user) ?? "0",
                'o' => "n/a",
                _ => "0",
            });
        if (wanted.Contains('r'))
            writer.End(face.Realname);
        else
            writer.End();
    }

    /// <param name="Wanted">Null: the usual reply.</param>
    /// <param name="OnlyOperators">See <see cref="IrcNetwork.IsOperator"/>.</param>
    private readonly record struct Ask(string? Wanted, string Token, bool OnlyOperators)
    {
        internal bool Wants(IrcSession session, User user) => !OnlyOperators || session.Network.IsOperator(user);

        internal static Ask Parse(string text)
        {
            var percent = text.IndexOf('%');
            var onlyOperators = (percent < 0 ? text : text[..percent]).Contains('o');
            if (percent < 0)
                return new Ask(null, "0", onlyOperators);
            var comma = text.IndexOf(',', percent);
            var fields = comma < 0 ? text[(percent + 1)..] : text[(percent + 1)..comma];
            var token = comma < 0 ? "" : text[(comma + 1)..];
            return new Ask(fields, token.Length is > 0 and <= 3 && token.All(char.IsAsciiDigit) ? token : "0", onlyOperators);
        }
    }
}
