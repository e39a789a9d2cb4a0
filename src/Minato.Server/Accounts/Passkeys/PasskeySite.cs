using System.Net;
using Microsoft.AspNetCore.Http;
using Minato.Server.Listening;

namespace Minato.Server.Accounts.Passkeys;

// https://www.w3.org/TR/webauthn-3/#relying-party-identifier: a domain, never an address, and of a page that came by https or is localhost.
/// <summary>The page that passkeys belong to: they are good under its name, and signed for its origin alone.</summary>
/// <param name="Id">The host's name.</param>
/// <param name="Origin">As browsers write it: <c>https://chat.example.org:8443</c>.</param>
internal sealed record PasskeySite(string Id, string Origin)
{
    /// <summary>Null: a page that asks by this request can have none.</summary>
    /// <param name="publicUrl">Where there is one, passkeys are good there and nowhere else: else each way in would want its own.</param>
    internal static PasskeySite? Of(HttpRequest request, Uri? publicUrl)
    {
        var host = request.Host;
        if (!Uri.TryCreate($"{request.Scheme}://{host.Value}", UriKind.Absolute, out var asked))
            return null;
        // A proxy that is not trusted says nothing of https: the public URL does.
        var own = publicUrl ?? asked;
        var name = own.IdnHost.ToLowerInvariant();
        // Another port is another origin, which browsers sign for; a Host without one may be a proxy's word for any.
        var isHere = publicUrl is null || (asked.IdnHost.Equals(name, StringComparison.OrdinalIgnoreCase) && (host.Port ?? own.Port) == own.Port);
        var isSecure = own.Scheme == Uri.UriSchemeHttps || name == "localhost";
        return isHere && isSecure && own.HostNameType == UriHostNameType.Dns && !IPAddress.TryParse(name, out _)
            ? new PasskeySite(name, FrontRules.OriginOf(own))
            : null;
    }
}
