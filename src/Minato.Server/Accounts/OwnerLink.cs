using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Server.Log;
using Minato.Server.Sessions;

namespace Minato.Server.Accounts;

/// <summary>The one-time link by which somebody becomes an owner: at the first start, and when the operator asks for it.</summary>
internal static class OwnerLink
{
    /// <summary>A day: whoever starts a server in the evening opens the page in the morning. A start without an owner makes another.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Those that were made before are worth nothing any more.</summary>
    /// <param name="url">Where the page is.</param>
    /// <exception cref="IOException">It could not be saved.</exception>
    internal static async Task<string> MakeAsync(LogWriter log, string url, TimeProvider clock)
    {
        var secret = SessionToken.New();
        var outcome = await log.SubmitAsync(new MakeOwnerLink(secret.Hash, (clock.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds()), lane: null);
        return outcome is Refused refused ? throw new IOException(refused.Reason.Sentence()) : Text(url, secret.Text);
    }

    /// <summary>In the fragment, which browsers send to nobody.</summary>
    internal static string Text(string url, string secret) => $"{url.TrimEnd('/')}/#invite={secret}";
}
