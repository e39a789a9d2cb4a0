using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Server.Accounts;
using Minato.Wire.Lines;

namespace Minato.Server.Sessions.Lines;

/// <summary>/login: asks for the credential without echoing it, and never takes one on the command's own line.</summary>
internal static class LoginCommand
{
    private const int MaxTries = 3;

    /// <summary>What a session is called that somebody began at a terminal; it ends with the connection.</summary>
    private const string Device = "terminal";

    /// <param name="name">Empty: a token is asked for, which says itself whose it is.</param>
    internal static ValueTask RunAsync(LineSession session, string name)
    {
        if (session.IsAdmitted && (session.You is not null || session.Services.Admission.Access == Access.Token))
            return LineCommands.Say(session, "You are in already; nothing more is needed.");
        if (name.Length > 0 && session.Services.Admission.Access == Access.Token)
            return LineCommands.Say(session, "There are no accounts here: /login asks for the token.");
        Ask(session, name, MaxTries);
        return ValueTask.CompletedTask;
    }

    private static void Ask(LineSession session, string name, int triesLeft)
    {
        session.Prompt = secret => AnswerAsync(session, name, secret, triesLeft - 1);
        session.Notice(name.Length == 0 ? "Token (it will not be shown):" : "Password (it will not be shown):");
        session.Enqueue(Telnet.WillEcho);
        session.Queue.Flush();
    }

    private static async ValueTask AnswerAsync(LineSession session, string name, string secret, int triesLeft)
    {
        session.Prompt = null;
        session.Enqueue(Telnet.WontEcho);
        // A password is taken as it stands; a token is pasted, with whatever is around it.
        var (identity, refused) = name.Length == 0
            ? (await session.Services.Admission.FindByTokenAsync(secret.Trim()), null)
            : await LogInAsync(session, name, secret);
        if (identity is { IsHost: true } or { User: not null })
        {
            if (await session.AdmitAsync(identity, isOwnSession: name.Length > 0))
                session.Notice($"Welcome. You are {session.Nick} in #{Slug.Lobby}.");
        }
        else if (refused is { Reason: not Refusal.WrongLogin })
            session.Notice(refused.Sentence());
        else if (triesLeft > 0)
        {
            session.Notice("That is not it.");
            Ask(session, name, triesLeft);
        }
        else
        {
            session.Notice("That is not it. Goodbye.");
            session.IsOver = true;
        }
    }

    private static async ValueTask<(Identity?, Refused?)> LogInAsync(LineSession session, string name, string password)
    {
        var login = new Login(name, password, Known: null, Device);
        var (opened, refused) = await session.Services.Accounts.Door.LogInAsync(login, session.Connection.Peer?.Address, session.Lane);
        return opened is null ? (null, refused) : (await session.Services.Admission.FindAsync(opened.Session.Text), null);
    }
}
