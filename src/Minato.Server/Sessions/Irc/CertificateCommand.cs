using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Server.Accounts;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// CERT ( ADD | LIST | DEL fingerprint )     as the services of other networks have it
/// <summary>
/// The certificates by which one's account logs in. One that is added was shown on this very connection: whoever could name another's would have them log in
/// to an account that is not theirs.
/// </summary>
internal static class CertificateCommand
{
    /// <summary>How such a token is called; the fingerprint follows.</summary>
    private const string Label = "certificate ";

    internal static ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        if (session.You is not { IsGuest: false } you)
            return Fail(session, "ACCOUNT_REQUIRED", "You have no account here");
        if (session.Registration.Identity?.Credential is not { IsSession: true })
            return Fail(session, "LOGIN_REQUIRED", "Log in by your password for this: by PASS, PLAIN or SCRAM-SHA-256");
        return message[0].ToUpperInvariant() switch
        {
            "ADD" => AddAsync(session, you),
            "LIST" => ListAsync(session, you),
            "DEL" => DeleteAsync(session, you, message[1]),
            _ => Fail(session, "UNKNOWN_SUBCOMMAND", "There are ADD, for the certificate of this connection, LIST, and DEL with a fingerprint"),
        };
    }

    private static async ValueTask AddAsync(IrcSession session, User you)
    {
        if (session.Connection.Certificate is not { } fingerprint)
        {
            await Fail(session, "NO_CERTIFICATE", "Connect inside TLS with the certificate that is to log you in, and say it again");
            return;
        }
        var known = await session.Services.Store.FindCredentialAsync(fingerprint.Hash, CancellationToken.None);
        if (known is { User: var owner } && owner.Id != you.Id)
            await Fail(session, "IN_USE", "Another account logs in by this certificate");
        else if (known is not null || await DoAsync(session, new MakeToken(you, fingerprint.Hash, Label + fingerprint, Scope.Write, ExpiresAt: null)))
            Note(session, "ADDED", fingerprint, "You log in by this certificate, by SASL EXTERNAL");
    }

    private static async ValueTask ListAsync(IrcSession session, User you)
    {
        foreach (var token in await session.Services.Accounts.Store.ListTokensAsync(you.Id, CancellationToken.None))
            if (token.Name.StartsWith(Label, StringComparison.Ordinal) && CertificateFingerprint.Parse(token.Name[Label.Length..]) is { } fingerprint
                && CredentialId.Of(fingerprint.Hash) == token.Id)
                Note(session, "LISTED", fingerprint, "You log in by this certificate");
        session.Replies.Begin("NOTE").Word("CERT").Word("END_OF_LIST").End("End of your certificates");
    }

    private static async ValueTask DeleteAsync(IrcSession session, User you, string text)
    {
        if (CertificateFingerprint.Parse(text) is not { } fingerprint)
            await Fail(session, "BAD_FINGERPRINT", "A fingerprint is 64 hexadecimal digits, as CERT LIST shows it");
        else if (await DoAsync(session, new RevokeToken(you, CredentialId.Of(fingerprint.Hash))))
            Note(session, "DELETED", fingerprint, "This certificate lets nobody in any more");
    }

    private static async ValueTask<bool> DoAsync(IrcSession session, Command command)
    {
        if (await session.ActAsync(command) is not Refused refused)
            return true;
        await Fail(session, refused.Reason == Refusal.NoSuchCredential ? "NO_SUCH_CERTIFICATE" : "CANNOT_CHANGE", refused.Sentence());
        return false;
    }

    private static void Note(IrcSession session, string code, CertificateFingerprint fingerprint, string text) =>
        session.Replies.Begin("NOTE").Word("CERT").Word(code).Word(fingerprint.ToString()).End(text);

    private static ValueTask Fail(IrcSession session, string code, string text)
    {
        session.Replies.Fail("CERT", code, text);
        return ValueTask.CompletedTask;
    }
}
