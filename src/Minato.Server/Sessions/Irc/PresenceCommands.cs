using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>Who is there, and who is away: AWAY, USERHOST, ISON. https://modern.ircdocs.horse/#away-message</summary>
internal static class PresenceCommands
{
    /// <summary>Nicks of one USERHOST, as RFC 1459 has it.</summary>
    private const int MaxUserHost = 5;

    // AWAY [ text ]
    internal static ValueTask AwayAsync(IrcSession session, IrcMessage message)
    {
        session.AwayMessage = message[0].Length == 0 ? null : ChannelCommands.Reason(message[0]);
        if (session.AwayMessage is null)
            session.Replies.Add(Numeric.UnAway, "You are no longer marked as being away");
        else
            session.Replies.Add(Numeric.NowAway, "You have been marked as being away");
        session.TellOthers("AWAY", session.AwayMessage, IrcCaps.AwayNotify);
        return ValueTask.CompletedTask;
    }

    // SETNAME :realname   https://ircv3.net/specs/extensions/setname
    internal static ValueTask SetNameAsync(IrcSession session, IrcMessage message)
    {
        if (message.Parameters[0].IsEmpty || message.Parameters[0].Length > Registration.MaxRealname)
        {
            session.Replies.Fail("SETNAME", "INVALID_REALNAME", $"A realname is 1 to {Registration.MaxRealname} bytes");
            return ValueTask.CompletedTask;
        }
        var (you, name) = (session.You!, message[0]);
        session.Network.SetFace(you, session.Network.FaceOf(you) with { Realname = name });
        if (session.Caps.HasFlag(IrcCaps.Setname))
            session.Format.Writer.Changed(session.Replies.Output, you, "SETNAME", name, session.Network.Now);
        session.TellOthers("SETNAME", name, IrcCaps.Setname);
        return ValueTask.CompletedTask;
    }

    // USERHOST nick *( SP nick )     reply = nick [ '*' ] '=' ( '+' | '-' ) hostname
    internal static async ValueTask UserHostAsync(IrcSession session, IrcMessage message)
    {
        var replies = new List<string>();
        for (var i = 0; i < Math.Min(message.Count, MaxUserHost); i++)
        {
            if (await session.Services.Store.FindUserAsync(message[i], CancellationToken.None) is not { } user || !session.IsOnline(user))
                continue;
            var face = session.Network.FaceOf(user);
            replies.Add($"{user.Nick}{(session.Network.IsOperator(user) ? "*" : "")}={(session.Network.AwayMessageOf(user) is null ? "+" : "-")}{face.Username}@{face.Host}");
        }
        Say(session, Numeric.UserHost, replies);
    }

    // ISON nick *( SP nick )
    internal static async ValueTask IsOnAsync(IrcSession session, IrcMessage message)
    {
        var nicks = new List<string>();
        foreach (var nick in Enumerable.Range(0, message.Count).SelectMany(i => message[i].Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            if (await session.Services.Store.FindUserAsync(nick, CancellationToken.None) is { } user && session.IsOnline(user))
                nicks.Add(user.Nick);
        Say(session, Numeric.IsOn, nicks);
    }

    /// <summary>Nobody is an answer, too.</summary>
    private static void Say(IrcSession session, Numeric numeric, List<string> names)
    {
        if (NameLines.Write(() => session.Replies.Begin(numeric), names) == 0)
            session.Replies.Add(numeric, "");
    }
}
