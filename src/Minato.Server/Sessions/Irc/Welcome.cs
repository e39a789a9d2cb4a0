using System.Globalization;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>What a client is told when it is in. https://modern.ircdocs.horse/#connection-registration</summary>
internal static class Welcome
{
    internal static async ValueTask SayAsync(IrcSession session)
    {
        var replies = session.Replies;
        replies.Add(Numeric.Welcome, $"Welcome to {IrcNetwork.Name}, {session.Nick}");
        replies.Add(Numeric.YourHost, $"Your host is {session.Network.Server}, running version {MinatoVersion.Server}");
        replies.Add(Numeric.Created, $"This server was started {session.Network.Since.ToString("u", CultureInfo.InvariantCulture)}");
        replies.Begin(Numeric.MyInfo).Word(session.Network.Server).Word(MinatoVersion.Server).Word("BTiow").Word("Ibehiklmnoqstv").Word("Ibehkloqv").End();
        Support.Say(replies);
        await ServerCommands.LusersAsync(session);
        ModeCommands.Say(session);
        replies.Add(Numeric.NoMotd, "There is no message of the day");
        MetadataLines.Own(session);
        await replies.SendAsync();
        await session.Channels.ReturnAsync();
    }
}
