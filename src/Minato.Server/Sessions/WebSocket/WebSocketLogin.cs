using Minato.Core.Users;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>Who a client is, by what its <c>hello</c> holds.</summary>
/// <param name="IsNew">Whether the client has yet to be told its session token.</param>
internal sealed record WebSocketLogin(User? User, SessionToken Session, bool IsNew)
{
    /// <summary>Null: not let in.</summary>
    internal static async ValueTask<WebSocketLogin?> RunAsync(HelloFrame hello, SessionContext context)
    {
        var admission = context.Admission;
        Guid? person = null;
        var hasTicket = hello.Ticket is { } ticket && admission.Tickets.TryTake(ticket, out person);
        // A host that says who sits before the page knows better than what the page has kept.
        if (person is { } uid)
            return await admission.OpenAsync(uid) is var (named, opened) ? new WebSocketLogin(named, opened, IsNew: true) : null;
        var isAdmitted = hasTicket || admission.LetsGuestsIn || (hello.Token is { } token && admission.Accepts(token));
        // A session is only made after admission, so that whoever holds one was let in before.
        if (hello.Session is { } text && SessionToken.Parse(text) is { } session)
        {
            var user = await admission.FindAsync(session);
            // Not known yet: another tab may hold the same one, and whoever acts first makes the guest.
            return user is not null || isAdmitted ? new WebSocketLogin(user, session, IsNew: false) : null;
        }
        return isAdmitted ? new WebSocketLogin(null, SessionToken.New(), IsNew: true) : null;
    }
}
