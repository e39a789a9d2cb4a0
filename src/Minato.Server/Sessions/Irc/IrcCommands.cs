using System.Collections.Frozen;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>All commands of IRC that this server knows, one line each. https://modern.ircdocs.horse/#client-messages</summary>
internal static class IrcCommands
{
    private static readonly FrozenDictionary<string, IrcCommand> Table = new Dictionary<string, IrcCommand>
    {
        ["CAP"] = new(1, Capabilities.RunAsync) { BeforeRegistration = true },
        ["AUTHENTICATE"] = new(1, SaslExchange.RunAsync) { BeforeRegistration = true },
        ["REGISTER"] = new(3, AccountCommands.RegisterAsync) { BeforeRegistration = true },
        ["CERT"] = new(1, CertificateCommand.RunAsync),
        ["VERIFY"] = new(2, AccountCommands.VerifyAsync) { BeforeRegistration = true },
        ["PASS"] = new(1, Registration.PassAsync) { BeforeRegistration = true },
        ["NICK"] = new(0, Registration.NickAsync) { BeforeRegistration = true },
        ["USER"] = new(4, Registration.UserAsync) { BeforeRegistration = true },
        ["PING"] = new(0, ServerCommands.PingAsync) { BeforeRegistration = true },
        ["PONG"] = new(0, ServerCommands.NothingAsync) { BeforeRegistration = true },
        ["QUIT"] = new(0, ServerCommands.QuitAsync) { BeforeRegistration = true },
        ["ERROR"] = new(0, ServerCommands.NothingAsync) { BeforeRegistration = true },

        ["JOIN"] = new(1, ChannelCommands.JoinAsync),
        ["PART"] = new(1, ChannelCommands.PartAsync) { HasSeveral = m => HasList(m, 0) },
        ["TOPIC"] = new(1, ChannelCommands.TopicAsync),
        ["NAMES"] = new(0, ChannelCommands.NamesAsync),
        ["LIST"] = new(0, ListCommand.RunAsync),
        ["MODE"] = new(1, ModeCommands.RunAsync) { HasSeveral = m => m.Count > 2 && m[1].Count(char.IsAsciiLetter) > 1 },
        ["KICK"] = new(2, MemberCommands.KickAsync) { HasSeveral = m => HasList(m, 1) },
        ["RENAME"] = new(2, RenameCommand.RunAsync),
        ["INVITE"] = new(0, MemberCommands.InviteAsync),

        ["PRIVMSG"] = new(0, TalkCommands.PrivateMessageAsync) { GoesOn = true, HasSeveral = m => HasList(m, 0) },
        ["NOTICE"] = new(0, TalkCommands.NoticeAsync) { GoesOn = true, HasSeveral = m => HasList(m, 0) },
        ["TAGMSG"] = new(0, TagCommands.TagMessageAsync) { HasSeveral = m => HasList(m, 0) },
        ["BATCH"] = new(1, Multiline.BatchAsync),
        ["REDACT"] = new(2, TagCommands.RedactAsync),
        ["CHATHISTORY"] = new(1, HistoryCommands.ChatHistoryAsync),
        ["HISTORY"] = new(1, HistoryText.RunAsync),
        ["METADATA"] = new(2, MetadataCommand.RunAsync) { BeforeRegistration = true },
        ["MARKREAD"] = new(0, ReadMarkers.RunAsync),

        ["WHO"] = new(0, WhoCommand.RunAsync),
        ["WHOIS"] = new(0, WhoisCommands.WhoisAsync),
        ["WHOWAS"] = new(0, WhoisCommands.WhowasAsync),
        ["USERHOST"] = new(1, PresenceCommands.UserHostAsync),
        ["ISON"] = new(1, PresenceCommands.IsOnAsync),
        ["AWAY"] = new(0, PresenceCommands.AwayAsync),
        ["SETNAME"] = new(1, PresenceCommands.SetNameAsync),
        ["MONITOR"] = new(1, MonitorCommand.RunAsync),

        ["MOTD"] = new(0, ServerCommands.MotdAsync),
        ["LUSERS"] = new(0, ServerCommands.LusersAsync),
        ["VERSION"] = new(0, ServerCommands.VersionAsync),
        ["TIME"] = new(0, ServerCommands.TimeAsync),
        ["INFO"] = new(0, ServerCommands.InfoAsync),
        ["ADMIN"] = new(0, ServerCommands.AdminAsync),
        ["LINKS"] = new(0, ServerCommands.LinksAsync),
        ["HELP"] = new(0, HelpCommand.RunAsync),
        ["HELPOP"] = new(0, HelpCommand.RunAsync),
        ["OPER"] = new(2, OperatorCommands.OperAsync),
        ["KILL"] = new(1, OperatorCommands.KillAsync),
        ["WALLOPS"] = new(1, OperatorCommands.WallopsAsync),
    }.ToFrozenDictionary();

    internal static IEnumerable<string> Names => Table.Keys.Order(StringComparer.Ordinal);

    internal static async ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        var command = Table.GetValueOrDefault(message.Command);
        if (!session.IsRegistered && command is not { BeforeRegistration: true })
        {
            session.Replies.Add(Numeric.NotRegistered, "You have not registered");
            return;
        }
        if (command is null)
        {
            session.Replies.Add(Numeric.UnknownCommand, Shown(message.Command), "There is no such command; HELP lists what there is");
            return;
        }
        if (message.Count < command.Least)
        {
            session.Replies.Add(Numeric.NeedMoreParameters, message.Command, "Not enough parameters");
            return;
        }
        // What was asked before is on its way to everybody before this is answered.
        if (!command.GoesOn || session.Replies.Label is not null)
            await session.Lane.WhenIdle();
        session.Replies.IsGathered = session.Replies.Label is not null && command.HasSeveral?.Invoke(message) == true;
        await command.Run(session, message);
        // What it became comes before what is said about it; and a batch is not closed before its echo is there.
        if (!command.GoesOn || session.Replies.Label is not null)
            await session.Lane.WhenIdle();
    }

    private static bool HasList(IrcMessage message, int parameter) => message.Count > parameter && message.Parameters[parameter].Span.Contains((byte)',');

    /// <summary>As a parameter: a word of it, and no more than anybody reads.</summary>
    private static string Shown(string command) => command.StartsWith(':') ? "*" : command.Length <= 32 ? command : command[..32];
}
