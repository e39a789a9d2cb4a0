using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Minato.Core.Users;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>Who a client is, by what its <c>hello</c> holds.</summary>
/// <param name="IsNew">Whether the client has yet to be told its session token.</param>
internal sealed record WebSocketLogin(User? User, string SessionToken, bool IsNew)
{
    private const int TokenBytes = 32;

    /// <summary>Null: not let in.</summary>
    internal static async ValueTask<WebSocketLogin?> RunAsync(HelloFrame hello, SessionContext context)
    {
        var isAdmitted = context.Admission.LetsGuestsIn || (hello.Token is { } token && context.Admission.Accepts(token));
        // A session is only made after admission, so that whoever holds one was let in before.
        if (hello.Session is { } session && IsOurs(session))
        {
            var user = await context.Store.FindSessionAsync(SHA256.HashData(Encoding.ASCII.GetBytes(session)), CancellationToken.None);
            // Not known yet: another tab may hold the same one, and whoever acts first makes the guest.
            return user is not null || isAdmitted ? new WebSocketLogin(user, session, IsNew: false) : null;
        }
        return isAdmitted ? new WebSocketLogin(null, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes)), IsNew: true) : null;
    }

    private static bool IsOurs(string session) =>
        session.Length == Base64Url.GetEncodedLength(TokenBytes) && Base64Url.IsValid(session, out var bytes) && bytes == TokenBytes;
}
