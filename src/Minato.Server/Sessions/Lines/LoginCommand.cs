using Minato.Core.Rooms;
using Minato.Wire.Lines;

namespace Minato.Server.Sessions.Lines;

/// <summary>/login: asks for the credential without echoing it, and never takes one on the command's own line.</summary>
internal static class LoginCommand
{
    private const int MaxTries = 3;

    internal static ValueTask RunAsync(LineSession session, string arguments)
    {
        if (session.IsAdmitted)
            return LineCommands.Say(session, "You are in already; nothing more is needed.");
        if (session.Services.Admission.Access == Access.Accounts)
            return LineCommands.Say(session, "Nobody can log in yet: this server has no accounts. Its operator can start it with --access guests or token.");
        Ask(session, MaxTries);
        return ValueTask.CompletedTask;
    }

    private static void Ask(LineSession session, int triesLeft)
    {
        session.Prompt = token => AnswerAsync(session, token, triesLeft - 1);
        session.Notice("Token (it will not be shown):");
        session.Enqueue(Telnet.WillEcho);
        session.Queue.Flush();
    }

    private static async ValueTask AnswerAsync(LineSession session, string token, int triesLeft)
    {
        session.Prompt = null;
        session.Enqueue(Telnet.WontEcho);
        if (session.Services.Admission.Accepts(token.Trim()))
        {
            await session.AdmitAsync();
            session.Notice($"Welcome. You are {session.Nick} in #{Slug.Lobby}.");
        }
        else if (triesLeft > 0)
        {
            session.Notice("That is not it.");
            Ask(session, triesLeft);
        }
        else
        {
            session.Notice("That is not it. Goodbye.");
            session.IsOver = true;
        }
    }
}
