using Microsoft.AspNetCore.Http;
using Minato.Server.Sessions;

namespace Minato.Server.Http.Api;

// credentials = "Bearer" 1*SP b64token   https://www.rfc-editor.org/rfc/rfc6750#section-2.1
/// <summary>Who a request is from, by its Authorization, or by the cookie of the server's own page.</summary>
internal static class ApiLogin
{
    private const string Scheme = "Bearer ";

    /// <summary>Let in without a session: to look on, and to ask for one.</summary>
    internal static readonly Identity Visitor = new(null, null);

    /// <summary>Null: not let in. A credential that is wrong is not as good as none.</summary>
    internal static async ValueTask<Identity?> RunAsync(HttpContext http, SessionContext context, ApiRoute route)
    {
        var header = http.Request.Headers.Authorization;
        if (header.Count == 0)
            return await FindPageAsync(http, context)
                ?? (context.Admission.LetsGuestsIn || (route.IsDoor && context.Admission.Access == Access.Accounts) ? Visitor : null);
        if (header is not [{ } value] || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        return await context.Admission.FindAsync(value[Scheme.Length..].Trim(' '));
    }

    /// <summary>
    /// Every browser says of a change which page it comes from; without that it is no page's, or of one before there were pages like ours. What is
    /// only read, nobody but the page gets to see.
    /// </summary>
    private static async ValueTask<Identity?> FindPageAsync(HttpContext http, SessionContext context)
    {
        var isRead = HttpMethods.IsGet(http.Request.Method);
        return (isRead || http.Request.Headers.Origin.Count == 1)
            && context.Accounts.Cookie.Find(Manners.ToRequest(http)) is { } session
            && await context.Admission.FindAsync(session) is { User: not null, Session: not null } page
                ? page
                : null;
    }
}
