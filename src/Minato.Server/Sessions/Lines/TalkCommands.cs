using System.Text;
using Minato.Core.Commands;
using Minato.Core.Users;

namespace Minato.Server.Sessions.Lines;

/// <summary>Names and talk: /nick, /msg, /me.</summary>
internal static class TalkCommands
{
    internal static async ValueTask NickAsync(LineSession session, string arguments)
    {
        if (arguments.Length == 0)
            session.Notice($"You are {session.Nick}. /nick NAME names you anew.");
        else if (Nick.Normalize(arguments) is not { } nick)
            session.Notice(Refusal.BadNick.Sentence());
        else if (await session.TakeNickAsync(nick) is { } refused)
            session.Notice(refused.Reason.Sentence());
        else
            session.Notice($"You are {nick} now.");
    }

    internal static async ValueTask MessageAsync(LineSession session, string arguments)
    {
        var space = arguments.IndexOf(' ');
        if (space < 0)
        {
            session.Notice("/msg NAME TEXT");
            return;
        }
        if (await session.Services.Store.FindUserAsync(arguments[..space], CancellationToken.None) is not { } other)
        {
            session.Notice(Refusal.NoSuchUser.Sentence());
            return;
        }
        if (await session.AskAsync<Logged>(you => new OpenDirect(you, null, other.Id)) is { } opened)
        {
            await session.ListenToAsync(opened);
            await session.PostAsync(opened.Room, Encoding.UTF8.GetBytes(arguments[space..].Trim()));
        }
    }

    /// <summary>Posted as emphasis, as Slack and Mattermost do: every client shows it well.</summary>
    internal static ValueTask MeAsync(LineSession session, string arguments) => arguments.Length == 0
        ? LineCommands.Say(session, "/me TEXT")
        : session.PostAsync(session.Current, Encoding.UTF8.GetBytes($"_{arguments}_"));
}
