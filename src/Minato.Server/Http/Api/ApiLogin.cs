using Microsoft.AspNetCore.Http;
using Minato.Core.Users;
using Minato.Server.Sessions;

namespace Minato.Server.Http.Api;

// credentials = "Bearer" 1*SP b64token   https://www.rfc-editor.org/rfc/rfc6750#section-2.1
/// <summary>Who a request is from, by its Authorization.</summary>
/// <param name="User">Null: nobody yet.</param>
/// <param name="Session">By which they are somebody, or become it with the first thing that lasts; null where they cannot.</param>
/// <param name="IsHost">Whether it is whoever started the server.</param>
internal sealed record ApiLogin(User? User, SessionToken? Session, bool IsHost = false)
{
    private const string Scheme = "Bearer ";

    /// <summary>Let in without a session: to look on, and to ask for one.</summary>
    private static readonly ApiLogin Visitor = new(null, null);
    private static readonly ApiLogin Host = new(null, null, IsHost: true);

    /// <summary>Null: not let in. A credential that is wrong is not as good as none.</summary>
    internal static async ValueTask<ApiLogin?> RunAsync(HttpRequest request, SessionContext context)
    {
        var header = request.Headers.Authorization;
        if (header.Count == 0)
            return context.Admission.LetsGuestsIn ? Visitor : null;
        if (header is not [{ } value] || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var bearer = value[Scheme.Length..].Trim(' ');
        if (context.Admission.Accepts(bearer))
            return Host;
        if (SessionToken.Parse(bearer) is not { } session)
            return null;
        var user = await context.Admission.FindAsync(session);
        // Not known yet: as over WebSocket, it becomes theirs with the first thing that lasts.
        return user is not null || context.Admission.LetsGuestsIn ? new ApiLogin(user, session) : null;
    }
}
