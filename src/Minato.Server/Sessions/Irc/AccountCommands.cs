using System.Text;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Server.Accounts;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>Signing up. https://ircv3.net/specs/extensions/account-registration</summary>
internal static class AccountCommands
{
    // REGISTER ( account | '*' ) ( invitation | '*' ) password         where others ask for an address of mail
    internal static async ValueTask RegisterAsync(IrcSession session, IrcMessage message)
    {
        var asked = session.Registration.Nick ?? session.Nick;
        var account = message[0] != "*" ? message[0] : session.IsRegistered ? session.Nick : session.Registration.Nick;
        if (session.Registration.Identity is { User: { } known })
            Fail(session, "ALREADY_AUTHENTICATED", known.Nick, "You are logged in already");
        else if (session.Services.Admission.Access == Access.Token)
            Fail(session, "TEMPORARILY_UNAVAILABLE", asked, "Nobody signs up here: the program that started this server says who is who");
        else if (account is null)
            session.Replies.Fail("REGISTER", "NEED_NICK", "*", "Say first by NICK how the account is to be called");
        else if (await SignUpAsync(session, account, message[1], message[2]) is { } refused)
            await RefuseAsync(session, account, message[2], refused);
        else
        {
            var you = session.Registration.Identity!.User!;
            session.SayLoggedIn(you);
            session.Replies.Begin("REGISTER").Word("SUCCESS").Word(you.Nick).End("The account is yours");
        }
    }

    // VERIFY account code
    internal static ValueTask VerifyAsync(IrcSession session, IrcMessage message)
    {
        session.Replies.Fail("VERIFY", "INVALID_CODE", Targets.Word(message[0]), "Nothing is verified here: an account is there as soon as it is registered");
        return ValueTask.CompletedTask;
    }

    /// <summary>A guest who is in stays who they are, in the rooms they are in, with an account from now on.</summary>
    private static async ValueTask<Refused?> SignUpAsync(IrcSession session, string account, string invitation, string password)
    {
        var request = new NewAccount(account, password, invitation == "*" ? null : invitation, Guest: null, NewSession.OfConnection);
        var visitor = session.You;
        var refused = await session.SignUpAsync(async () =>
        {
            var refused = await Registration.TakeAsync(session, await session.Services.Accounts.Door.SignUpAsync(request, session.Connection.Peer?.Address, session.Lane, visitor));
            if (refused is null && visitor is not null)
                session.StayAs(session.Registration.Identity!);
            return refused;
        });
        // What ended the new login before its guest's end could no longer be taken for it, ended it.
        if (refused is null && visitor is not null && !await session.Services.Admission.StillHoldsAsync(session.Registration.Identity!))
            session.EndLogin();
        return refused;
    }

    private static async ValueTask RefuseAsync(IrcSession session, string account, string password, Refused refused)
    {
        var code = refused.Reason switch
        {
            Refusal.NickTaken => await session.Services.Accounts.Store.FindAccountAsync(account, CancellationToken.None) is null ? "USERNAME_EXISTS" : "ACCOUNT_EXISTS",
            Refusal.BadNick => "BAD_ACCOUNT_NAME",
            Refusal.BadPassword => Encoding.UTF8.GetByteCount(password) < session.Services.Options.MinPassword ? "WEAK_PASSWORD" : "UNACCEPTABLE_PASSWORD",
            _ => "TEMPORARILY_UNAVAILABLE",
        };
        Fail(session, code, account, refused.Sentence());
    }

    private static void Fail(IrcSession session, string code, string account, string sentence) =>
        session.Replies.Fail("REGISTER", code, Targets.Word(account), sentence);
}
