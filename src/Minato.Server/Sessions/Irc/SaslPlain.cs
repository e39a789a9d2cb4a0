using System.Text;
using Minato.Core.Commands;
using Minato.Core.Users;

namespace Minato.Server.Sessions.Irc;

// message = [authzid] NUL authcid NUL passwd      https://www.rfc-editor.org/rfc/rfc4616
/// <summary>The password of the account, or a token of its owner's.</summary>
internal sealed class SaslPlain(IrcSession session) : ISaslMechanism
{
    public async ValueTask<SaslStep> StepAsync(byte[] message)
    {
        var parts = Encoding.UTF8.GetString(message).Split('\0');
        if (parts is not [var authorize, { Length: > 0 } name, { Length: > 0 } password] || (authorize.Length > 0 && Nick.Key(authorize) != Nick.Key(name)))
            return SaslStep.Wrong;
        return SaslStep.Of(await CheckAsync(name, password));
    }

    private async ValueTask<Refused?> CheckAsync(string name, string password)
    {
        if (await session.Services.Admission.FindByTokenAsync(password) is not { User: { } owner } holder)
            return await Registration.LogInAsync(session, name, password);
        if (Nick.Key(owner.Nick) != Nick.Key(name))
            return new Refused(Refusal.WrongLogin);
        session.Registration.Identity = holder;
        return null;
    }
}
