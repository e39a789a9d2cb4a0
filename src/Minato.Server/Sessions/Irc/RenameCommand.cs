using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// RENAME channel channel [ reason ]   https://ircv3.net/specs/extensions/channel-rename
/// <summary>A room has its name for good: links, bookmarks and what every other client remembers lead to it by that. It has a title, which may change.</summary>
internal static class RenameCommand
{
    internal static ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        session.Replies.Fail(
            "RENAME", "CANNOT_RENAME", Targets.Word(message[0]), Targets.Word(message[1]), "A channel keeps its name here: links lead to it by that. Its title can be changed in the page");
        return ValueTask.CompletedTask;
    }
}
