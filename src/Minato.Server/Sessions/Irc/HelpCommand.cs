using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// HELP [ subject ]   https://modern.ircdocs.horse/#help-message
internal static class HelpCommand
{
    internal static ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        var subject = message[0].Length == 0 ? "*" : Targets.Word(message[0]);
        var names = IrcCommands.Names.ToList();
        if (subject != "*" && !names.Contains(subject.ToUpperInvariant()))
        {
            session.Replies.Add(Numeric.HelpNotFound, subject, "There is no help on this; HELP alone lists the commands");
            return ValueTask.CompletedTask;
        }
        session.Replies.Add(Numeric.HelpStart, subject, subject == "*" ? "The commands of this server" : $"** {subject.ToUpperInvariant()} **");
        session.Replies.Add(Numeric.HelpText, subject, "");
        if (subject == "*")
            foreach (var some in names.Chunk(10))
                session.Replies.Add(Numeric.HelpText, subject, string.Join(' ', some));
        else
            session.Replies.Add(Numeric.HelpText, subject, "As in https://modern.ircdocs.horse/, and docs/protocols/irc.md says where it differs.");
        session.Replies.Add(Numeric.EndOfHelp, subject, "End of /HELP");
        return ValueTask.CompletedTask;
    }
}
