using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>Who a client is, by what its <c>hello</c> and its upgrade hold.</summary>
/// <param name="IsNew">Whether the client has yet to be told its session token.</param>
internal sealed record WebSocketLogin(Identity Identity, bool IsNew)
{
    /// <summary>Null: not let in. What the <c>hello</c> says counts before what the browser sends by itself.</summary>
    /// <param name="cookie">The session of the server's own page; null: none.</param>
    internal static async ValueTask<WebSocketLogin?> RunAsync(HelloFrame hello, string? cookie, SessionContext context)
    {
        var admission = context.Admission;
        var taken = hello.Ticket is { } ticket ? await admission.Tickets.TakeAsync(ticket) : null;
        // A host that says who sits before the page knows better than what the page has kept.
        if (taken is { Person: { } uid })
            return await admission.OpenAsync(uid) is var (named, opened) ? new WebSocketLogin(new Identity(named, opened), IsNew: true) : null;
        var isAdmitted = taken is not null || admission.LetsGuestsIn || (hello.Token is { } token && admission.Accepts(token));
        return await FindAsync(hello, isAdmitted, admission) is { } known ? new WebSocketLogin(known, IsNew: false)
            : cookie is not null && await admission.FindAsync(cookie) is { User: not null, Session: not null } own ? new WebSocketLogin(own, IsNew: false)
            : isAdmitted ? new WebSocketLogin(new Identity(null, SessionToken.New()), IsNew: true)
            : null;
    }

    private static async ValueTask<Identity?> FindAsync(HelloFrame hello, bool isAdmitted, Admission admission)
    {
        if (hello.Token is { } token && await admission.FindAsync(token) is { User: not null, Session: null } program)
            return program;
        // A session is only made after admission, so that whoever holds one was let in before.
        if (hello.Session is not { } text || SessionToken.Parse(text) is not { } session)
            return null;
        // Not known yet: another tab may hold the same one, and whoever acts first makes the guest.
        return await admission.FindAsync(text) ?? (isAdmitted ? new Identity(null, session) : null);
    }
}
