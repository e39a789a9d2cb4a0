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
            session.Replies.Begin("PONG").Word(session.Network.Server).End(message[0]);
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

    /// <summary>Everybody who is connected, over whatever protocol. All are invisible to who shares no room with them, see MODE.</summary>
    internal static ValueTask LusersAsync(IrcSession session)
    {
        var (users, most, nameless) = session.Services.Sessions.Count();
        var admins = session.Services.Sessions.All.Where(s => s.You?.Role >= Core.Rights.ServerRole.Admin).DistinctBy(s => s.You!.Id).Count();
        var replies = session.Replies;
        replies.Add(Numeric.LuserClient, $"There are 0 users and {users} invisible on 1 servers");
        replies.Add(Numeric.LuserOp, Number(admins), "operator(s) online");
        replies.Add(Numeric.LuserUnknown, Number(nameless), "unknown connection(s)");
        replies.Add(Numeric.LuserChannels, Number(session.Services.Rooms.Count), "channels formed");
        replies.Add(Numeric.LuserMe, $"I have {users} clients and 0 servers");
        replies.Add(Numeric.LocalUsers, Number(users), Number(most), $"Current local users {users}, max {most}");
        replies.Add(Numeric.GlobalUsers, Number(users), Number(most), $"Current global users {users}, max {most}");
        return ValueTask.CompletedTask;
    }

    internal static ValueTask VersionAsync(IrcSession session, IrcMessage message)
    {
        if (!IsHere(session, message))
            return ValueTask.CompletedTask;
        session.Replies.Add(Numeric.Version, MinatoVersion.Server, session.Network.Server, "");
        Support.Say(session.Replies);
        return ValueTask.CompletedTask;
    }

    internal static ValueTask TimeAsync(IrcSession session, IrcMessage message)
    {
        var now = session.Services.Clock.GetUtcNow();
        if (IsHere(session, message))
            session.Replies.Add(Numeric.Time, session.Network.Server, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), "0", now.ToString("R", CultureInfo.InvariantCulture));
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
        session.Replies.Add(Numeric.AdminMe, session.Network.Server, "Administrative info");
        session.Replies.Add(Numeric.AdminLocation1, IrcNetwork.Name);
        session.Replies.Add(Numeric.AdminEmail, "Ask whoever runs this server");
        return ValueTask.CompletedTask;
    }

    internal static ValueTask LinksAsync(IrcSession session, IrcMessage message)
    {
        // No server is linked to this one.
        session.Replies.Add(Numeric.EndOfLinks, "*", "End of /LINKS list");
        return ValueTask.CompletedTask;
    }

    /// <summary>Whether another server was not asked for.</summary>
    private static bool IsHere(IrcSession session, IrcMessage message)
    {
        if (message[0].Length == 0 || message[0].Equals(session.Network.Server, StringComparison.OrdinalIgnoreCase) || message[0] == "*" || message[0] == session.Nick)
            return true;
        session.Replies.Add(Numeric.NoSuchServer, Targets.Word(message[0]), "No such server");
        return false;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
