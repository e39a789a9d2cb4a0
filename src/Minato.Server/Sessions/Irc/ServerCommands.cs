using System.Globalization;
using System.IO.Enumeration;
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
        session.End($"Quit: {ChannelCommands.Reason(message[0])}");
    }

    internal static async ValueTask MotdAsync(IrcSession session, IrcMessage message)
    {
        if (await IsHereAsync(session, message))
            session.Replies.Add(Numeric.NoMotd, "There is no message of the day");
    }

    internal static ValueTask LusersAsync(IrcSession session, IrcMessage message) => LusersAsync(session);

    /// <summary>Everybody who is connected, over whatever protocol.</summary>
    internal static ValueTask LusersAsync(IrcSession session)
    {
        var (users, most, nameless) = session.Services.Sessions.Count();
        var operators = session.Services.Sessions.All.Where(s => s.You?.Role >= Core.Rights.ServerRole.Admin || s is IrcSession { Oper: not null }).DistinctBy(s => s.You!.Id).Count();
        var visible = session.Services.Sessions.All.Where(s => s is IrcSession { IsVisible: true, You: not null }).DistinctBy(s => s.You!.Id).Count();
        var replies = session.Replies;
        replies.Add(Numeric.LuserClient, $"There are {visible} users and {users - visible} invisible on 1 servers");
        replies.Add(Numeric.LuserOp, Number(operators), "operator(s) online");
        replies.Add(Numeric.LuserUnknown, Number(nameless), "unknown connection(s)");
        replies.Add(Numeric.LuserChannels, Number(session.Services.Rooms.Count), "channels formed");
        replies.Add(Numeric.LuserMe, $"I have {users} clients and 0 servers");
        replies.Add(Numeric.LocalUsers, Number(users), Number(most), $"Current local users {users}, max {most}");
        replies.Add(Numeric.GlobalUsers, Number(users), Number(most), $"Current global users {users}, max {most}");
        return ValueTask.CompletedTask;
    }

    internal static async ValueTask VersionAsync(IrcSession session, IrcMessage message)
    {
        if (!await IsHereAsync(session, message))
            return;
        session.Replies.Add(Numeric.Version, MinatoVersion.Server, session.Network.Server, "");
        Support.Say(session.Replies);
    }

    internal static async ValueTask TimeAsync(IrcSession session, IrcMessage message)
    {
        var now = session.Services.Clock.GetUtcNow();
        if (await IsHereAsync(session, message))
            session.Replies.Add(Numeric.Time, session.Network.Server, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), "0", now.ToString("R", CultureInfo.InvariantCulture));
    }

    internal static async ValueTask InfoAsync(IrcSession session, IrcMessage message)
    {
        if (!await IsHereAsync(session, message))
            return;
        session.Replies.Add(Numeric.Info, $"{MinatoVersion.Server}: a chat server in one executable.");
        session.Replies.Add(Numeric.Info, "The same rooms are open to browsers and terminals on this port.");
        session.Replies.Add(Numeric.EndOfInfo, "End of INFO list");
    }

    internal static async ValueTask AdminAsync(IrcSession session, IrcMessage message)
    {
        if (!await IsHereAsync(session, message))
            return;
        session.Replies.Add(Numeric.AdminMe, session.Network.Server, "Administrative info");
        session.Replies.Add(Numeric.AdminLocation1, IrcNetwork.Name);
        session.Replies.Add(Numeric.AdminLocation2, "There is one server");
        session.Replies.Add(Numeric.AdminEmail, "Ask whoever runs this server");
    }

    internal static ValueTask LinksAsync(IrcSession session, IrcMessage message)
    {
        // No server is linked to this one.
        session.Replies.Add(Numeric.EndOfLinks, "*", "End of /LINKS list");
        return ValueTask.CompletedTask;
    }

    // target = mask of a server's name | nick of somebody whose server is meant
    /// <summary>Whether another server was not asked for.</summary>
    private static async ValueTask<bool> IsHereAsync(IrcSession session, IrcMessage message)
    {
        var target = message[0];
        if (target.Length == 0 || FileSystemName.MatchesSimpleExpression(target, session.Network.Server)
            || (await session.Services.Store.FindUserAsync(target, CancellationToken.None) is { } user && session.IsOnline(user)))
            return true;
        session.Replies.Add(Numeric.NoSuchServer, Targets.Word(target), "No such server");
        return false;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
