using System.Globalization;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>The connection and the server itself. https://modern.ircdocs.horse/#server-queries-and-commands</summary>
internal static class ServerCommands
{
    internal static ValueTask NothingAsync(IrcSession session, IrcMessage message) => ValueTask.CompletedTask;

    internal static ValueTask PingAsync(IrcSession session, IrcMessage message)
    {
        if (message[0].Length == 0)
            session.Replies.Add(Numeric.NoOrigin, "No origin specified");
        else
            session.Replies.Begin("PONG").Word(IrcNetwork.Server).End(message[0]);
        return ValueTask.CompletedTask;
    }

    internal static async ValueTask QuitAsync(IrcSession session, IrcMessage message)
    {
        await session.Replies.SendAsync();
        session.End(message[0].Length == 0 ? "Quit" : $"Quit: {ChannelCommands.Reason(message[0])}");
    }

    internal static ValueTask MotdAsync(IrcSession session, IrcMessage message)
    {
        if (IsHere(session, message))
            session.Replies.Add(Numeric.NoMotd, "There is no message of the day");
        return ValueTask.CompletedTask;
    }

    internal static ValueTask LusersAsync(IrcSession session, IrcMessage message) => LusersAsync(session);

    /// <summary>Everybody who is connected, over whatever protocol; nobody of them is told whether they are invisible.</summary>
    internal static ValueTask LusersAsync(IrcSession session)
    {
        var all = session.Services.Sessions.All;
        var known = all.Count(s => s.You is not null);
        var admins = all.Count(s => s.You?.Role >= Core.Rights.ServerRole.Admin);
        var replies = session.Replies;
        replies.Add(Numeric.LuserClient, $"There are {known} users and 0 invisible on 1 servers");
        replies.Add(Numeric.LuserOp, Number(admins), "operator(s) online");
        replies.Add(Numeric.LuserUnknown, Number(all.Count - known), "unknown connection(s)");
        replies.Add(Numeric.LuserChannels, Number(session.Services.Rooms.Count), "channels formed");
        replies.Add(Numeric.LuserMe, $"I have {known} clients and 0 servers");
        replies.Add(Numeric.LocalUsers, Number(known), Number(known), $"Current local users {known}, max {known}");
        replies.Add(Numeric.GlobalUsers, Number(known), Number(known), $"Current global users {known}, max {known}");
        return ValueTask.CompletedTask;
    }

    internal static ValueTask VersionAsync(IrcSession session, IrcMessage message)
    {
        if (!IsHere(session, message))
            return ValueTask.CompletedTask;
        session.Replies.Add(Numeric.Version, MinatoVersion.Server, IrcNetwork.Server, "");
        Support.Say(session.Replies);
        return ValueTask.CompletedTask;
    }

    internal static ValueTask TimeAsync(IrcSession session, IrcMessage message)
    {
        var now = session.Services.Clock.GetUtcNow();
        if (IsHere(session, message))
            session.Replies.Add(Numeric.Time, IrcNetwork.Server, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), "0", now.ToString("R", CultureInfo.InvariantCulture));
        return ValueTask.CompletedTask;
    }

    internal static ValueTask InfoAsync(IrcSession session, IrcMessage message)
    {
        if (!IsHere(session, message))
            return ValueTask.CompletedTask;
        session.Replies.Add(Numeric.Info, $"{MinatoVersion.Server}: a chat server in one executable.");
        session.Replies.Add(Numeric.Info, "The same rooms are open to browsers and terminals on this port.");
        session.Replies.Add(Numeric.EndOfInfo, "End of INFO list");
        return ValueTask.CompletedTask;
    }

    internal static ValueTask AdminAsync(IrcSession session, IrcMessage message)
    {
        if (!IsHere(session, message))
            return ValueTask.CompletedTask;
        session.Replies.Add(Numeric.AdminMe, IrcNetwork.Server, "Administrative info");
        session.Replies.Add(Numeric.AdminLocation1, IrcNetwork.Name);
        session.Replies.Add(Numeric.AdminEmail, "Ask whoever runs this server");
        return ValueTask.CompletedTask;
    }

    internal static ValueTask LinksAsync(IrcSession session, IrcMessage message)
    {
        session.Replies.Add(Numeric.Links, IrcNetwork.Server, IrcNetwork.Server, $"0 {IrcNetwork.Name}");
        session.Replies.Add(Numeric.EndOfLinks, "*", "End of /LINKS list");
        return ValueTask.CompletedTask;
    }

    /// <summary>Who may administer is said by accounts, not by a password of its own.</summary>
    internal static ValueTask OperAsync(IrcSession session, IrcMessage message)
    {
        session.Replies.Add(Numeric.NoOperatorHost, "Nobody becomes an operator here: an admin of the server logs in as one");
        return ValueTask.CompletedTask;
    }

    internal static ValueTask KillAsync(IrcSession session, IrcMessage message)
    {
        session.Replies.Add(Numeric.NoPrivileges, "Permission Denied: this is not done over IRC");
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether another server was not asked for.</summary>
    private static bool IsHere(IrcSession session, IrcMessage message)
    {
        if (message[0].Length == 0 || message[0].Equals(IrcNetwork.Server, StringComparison.OrdinalIgnoreCase) || message[0] == "*" || message[0] == session.Nick)
            return true;
        session.Replies.Add(Numeric.NoSuchServer, Targets.Word(message[0]), "No such server");
        return false;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
