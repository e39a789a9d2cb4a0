using System.Text;
using Minato.Core.Accounts;
using Minato.Core.Users;
using Minato.Server.Accounts;
using Minato.Wire.Sasl;

namespace Minato.Server.Sessions.Irc;

// client-first, server-first, client-final, server-final, and an empty one      https://www.rfc-editor.org/rfc/rfc7677
/// <summary>The password of the account, which is not sent.</summary>
internal sealed class SaslScram(IrcSession session) : ISaslMechanism
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ScramLogin? _login;

    public async ValueTask<SaslStep> StepAsync(byte[] message)
    {
        if (_login is { IsProven: true } proven)
            return message.Length == 0 ? await OpenAsync(proven) : SaslStep.Wrong;
        if (Text(message) is not { } text)
            return SaslStep.Wrong;
        return _login is null ? await BeginAsync(text) : End(_login, text);
    }

    private async ValueTask<SaslStep> BeginAsync(string text)
    {
        if (ScramFirst.Parse(text) is not { } first || (first.Authorize is { } other && Nick.Key(other) != Nick.Key(first.Name)))
            return SaslStep.Wrong;
        _login = await session.Services.Accounts.Door.BeginAsync(first);
        return new SaslStep.Challenge(Encoding.UTF8.GetBytes(_login.Challenge));
    }

    private SaslStep End(ScramLogin login, string text)
    {
        if (ScramFinal.Parse(text) is not { } final)
            return SaslStep.Wrong;
        return session.Services.Accounts.Door.Verify(login, final, session.Connection.Peer?.Address) is { } refused
            ? SaslStep.Of(refused)
            : new SaslStep.Challenge(Encoding.UTF8.GetBytes(login.Proof));
    }

    private async ValueTask<SaslStep> OpenAsync(ScramLogin proven) =>
        SaslStep.Of(await Registration.TakeAsync(session, await session.Services.Accounts.Door.LogInAsync(proven, NewSession.OfConnection, session.Lane)));

    private static string? Text(byte[] message)
    {
        try
        {
            return Strict.GetString(message);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
