using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Server.Log;

namespace Minato.Server.Sessions.Acts;

/// <summary>A guest becomes somebody who lasts.</summary>
internal static class Registration
{
    /// <param name="nick">The name asked for; null: <paramref name="provisional"/>, or another if that is taken.</param>
    /// <param name="session">By which the guest comes back; null for one who ends with the session.</param>
    internal static async ValueTask<(User? User, Refused? Refused)> RegisterAsync(
        this LogWriter log, string? nick, string provisional, SessionToken? session, Lane lane)
    {
        var register = new RegisterGuest(
            session is null ? UserKind.Visitor : UserKind.Guest, nick ?? provisional, NickIsProvisional: nick is null, session?.Hash);
        return await log.SubmitAsync(register, lane) switch
        {
            UserChanged made => (made.User, null),
            Refused refused => (null, refused),
            var outcome => throw new InvalidOperationException($"Registering a guest ended as {outcome}."),
        };
    }
}
