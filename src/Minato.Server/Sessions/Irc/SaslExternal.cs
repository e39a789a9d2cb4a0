using System.Text;
using Minato.Core.Users;

namespace Minato.Server.Sessions.Irc;

// message = [authzid]      https://www.rfc-editor.org/rfc/rfc4422#appendix-A
/// <summary>The certificate that the client has shown in TLS.</summary>
internal sealed class SaslExternal(IrcSession session) : ISaslMechanism
{
    public async ValueTask<SaslStep> StepAsync(byte[] message)
    {
        if (session.Connection.Certificate is not { } certificate || await session.Services.Admission.FindAsync(certificate) is not { User: { } owner } holder)
            return SaslStep.Wrong;
        var authorize = Encoding.UTF8.GetString(message);
        if (authorize.Length > 0 && Nick.Key(authorize) != Nick.Key(owner.Nick))
            return SaslStep.Wrong;
        session.Registration.Identity = holder;
        return SaslStep.Of(null);
    }
}
