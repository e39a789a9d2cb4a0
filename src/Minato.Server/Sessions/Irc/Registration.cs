using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Server.Accounts;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>How a client comes in: PASS, NICK, USER. https://modern.ircdocs.horse/#connection-registration</summary>
internal static class Registration
{
    /// <summary>Characters of a user name that are shown.</summary>
    private const int MaxUsername = 10;

    /// <summary>Bytes of a realname that are kept.</summary>
    internal const int MaxRealname = 128;

    internal static ValueTask PassAsync(IrcSession session, IrcMessage message)
    {
        if (session.IsRegistered)
            session.Replies.Add(Numeric.AlreadyRegistered, "You may not reregister");
        else
            // A password of several words, and the colon forgotten.
            session.Registration.Password = string.Join(' ', Enumerable.Range(0, message.Count).Select(i => message[i]));
        return ValueTask.CompletedTask;
    }

    internal static async ValueTask NickAsync(IrcSession session, IrcMessage message)
    {
        if (message[0].Length == 0)
        {
            session.Replies.Add(Numeric.NoNicknameGiven, "No nickname given");
            return;
        }
        // A source that is this server's name is the server.
        if (Nick.Normalize(message[0]) is not { } nick || Nick.Key(nick) == Nick.Key(session.Network.Server))
        {
            session.Replies.Add(Numeric.ErroneousNickname, Targets.Word(message[0]), "Erroneous nickname");
            return;
        }
        if (session.IsRegistered)
        {
            await RenameAsync(session, nick);
            return;
        }
        session.Registration.Nick = nick;
        await TryCompleteAsync(session);
    }

    internal static async ValueTask UserAsync(IrcSession session, IrcMessage message)
    {
        if (session.IsRegistered || session.Registration.Username is not null)
        {
            session.Replies.Add(Numeric.AlreadyRegistered, "You may not reregister");
            return;
        }
        var name = new string([.. message[0].Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.').Take(MaxUsername)]);
        if (message[0].Length == 0 || message[3].Length == 0)
        {
            session.Replies.Add(Numeric.NeedMoreParameters, "USER", "Not enough parameters");
            return;
        }
        session.Registration.Username = name.Length == 0 ? "~u" : $"~{name}";
        session.Registration.Realname = Realname(message[3]);
        await TryCompleteAsync(session);
    }

    /// <summary>Lets the client in if it has said all that is needed.</summary>
    internal static async ValueTask TryCompleteAsync(IrcSession session)
    {
        var state = session.Registration;
        if (session.IsRegistered || !state.IsReady)
            return;
        SaslExchange.Abort(session);
        if (!await TryAdmitAsync(session))
            return;
        if (session.You is null && await session.BecomeGuestAsync(state.Nick!) is { } refused)
        {
            RefuseNick(session, state.Nick!, refused);
            state.Nick = null;
            return;
        }
        session.MarkRegistered();
        await Welcome.SayAsync(session);
    }

    /// <summary>Logs in by name and password, for this connection only.</summary>
    internal static async ValueTask<Refused?> LogInAsync(IrcSession session, string name, string password)
    {
        var services = session.Services;
        var login = new Login(name, password, Known: null, NewSession.OfConnection);
        return await TakeAsync(session, await services.Accounts.Door.LogInAsync(login, session.Connection.Peer?.Address, session.Lane));
    }

    /// <summary>Is whoever the door has let in.</summary>
    internal static async ValueTask<Refused?> TakeAsync(IrcSession session, DoorAnswer answer)
    {
        if (answer.Opened is not { } opened)
            return answer.Refused;
        session.Registration.Identity = await session.Services.Admission.FindAsync(opened.Session.Text);
        session.Registration.OwnSession = session.Registration.Identity?.Credential?.Id;
        return session.Registration.Identity is null ? new Refused(Refusal.WrongLogin) : null;
    }

    internal static string Realname(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text.Length == 0 ? "-" : text);
        return System.Text.Encoding.UTF8.GetString(bytes.AsSpan(0, IrcText.LengthOfPiece(bytes, MaxRealname)));
    }

    /// <summary>False: not let in, and told so.</summary>
    private static async ValueTask<bool> TryAdmitAsync(IrcSession session)
    {
        var state = session.Registration;
        if (state.Identity is null && state.Password is { Length: > 0 } password && await TakePasswordAsync(session, password) is { } refused)
        {
            session.Replies.Add(Numeric.PasswordMismatch, refused.Reason == Refusal.WrongLogin ? "Password incorrect" : refused.Sentence());
            await EndAsync(session, "Password incorrect");
            return false;
        }
        state.Password = null;
        if (state.Identity is null && !session.Services.Admission.LetsGuestsIn)
        {
            session.Replies.Fail("*", "ACCOUNT_REQUIRED_TO_CONNECT", "Log in first: by SASL, or by PASS with NAME:PASSWORD or a token");
            await EndAsync(session, "Log in first");
            return false;
        }
        if (state.Identity is not { } identity || session.You is not null || await session.AdmitAsync(identity))
            return true;
        session.EndLogin();
        return false;
    }

    private static async ValueTask EndAsync(IrcSession session, string reason)
    {
        await session.Replies.SendAsync();
        session.End(reason);
    }

    // PASS token | name ':' password
    private static async ValueTask<Refused?> TakePasswordAsync(IrcSession session, string password)
    {
        if (await session.Services.Admission.FindByTokenAsync(password) is { } holder)
        {
            session.Registration.Identity = holder;
            return null;
        }
        var colon = password.IndexOf(':');
        return colon > 0 && session.Services.Admission.Access != Access.Token
            ? await LogInAsync(session, password[..colon], password[(colon + 1)..])
            : new Refused(Refusal.WrongLogin);
    }

    private static async ValueTask RenameAsync(IrcSession session, string nick)
    {
        if (nick == session.Nick)
            return;
        if (await session.ActAsync(new Rename(session.You!, null, nick)) is Refused refused)
            RefuseNick(session, nick, refused);
    }

    private static void RefuseNick(IrcSession session, string nick, Refused refused)
    {
        if (refused.Reason == Refusal.NickTaken)
            session.Replies.Add(Numeric.NicknameInUse, nick, "Nickname is already in use");
        else
            session.Replies.Add(Numeric.ErroneousNickname, nick, refused.Sentence());
    }
}
