using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Server.Log;

namespace Minato.Server.Sessions.Acts;

/// <summary>A guest becomes somebody who lasts.</summary>
internal static class Registration
{
    /// <param name="nick">The name asked for; null: <paramref name="provisional"/>, or another if that is taken.</param>
    /// <param name="sessionHash">Of that by which the guest comes back; null for one who ends with the session.</param>
    internal static async ValueTask<(User? User, Refused? Refused)> RegisterAsync(
        this LogWriter log, string? nick, string provisional, byte[]? sessionHash, Lane lane)
    {
        var register = new RegisterGuest(
            sessionHash is null ? UserKind.Visitor : UserKind.Guest, nick ?? provisional, NickIsProvisional: nick is null, sessionHash);
        return await log.SubmitAsync(register, lane) switch
        {
            UserChanged made => (made.User, null),
            Refused refused => (null, refused),
            var outcome => throw new InvalidOperationException($"Registering a guest ended as {outcome}."),
        };
    }
}
