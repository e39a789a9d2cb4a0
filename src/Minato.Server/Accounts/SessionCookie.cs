using Microsoft.AspNetCore.Http;
using Minato.Wire.WebSocket.Handshake;

namespace Minato.Server.Accounts;

// https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis
/// <summary>
/// A page's session, which no script can read. Cookies ignore ports, so its name is this instance's own; inside TLS the prefix keeps others of the
/// same domain from setting it.
/// </summary>
internal sealed class SessionCookie(string instance)
{
    private const string DeviceSuffix = "-device";

    internal string Name(bool isTls) => isTls ? $"__Host-minato-{instance}" : $"minato-{instance}";

    /// <summary>The session that a request of the server's own page carries; null: none.</summary>
    internal string? Find(UpgradeRequest request) => request.Cookie(Name(request.IsTls));

    /// <summary>The same of an upgrade, where only a page that says that it is the server's own brings one.</summary>
    internal string? FindOwn(UpgradeRequest request) => request.HasOrigin ? Find(request) : null;

    /// <summary>By which the device is recognised, from an earlier login.</summary>
    internal string? FindDevice(UpgradeRequest request) => request.Cookie(Name(request.IsTls) + DeviceSuffix);

    internal void Set(HttpContext http, Opened opened)
    {
        var isTls = http.Request.IsHttps;
        http.Response.Cookies.Append(Name(isTls), opened.Session.Text, Options(isTls, TimeSpan.FromDays(90)));
        http.Response.Cookies.Append(Name(isTls) + DeviceSuffix, opened.Device, Options(isTls, TimeSpan.FromDays(400)));
    }

    /// <summary>The device stays known.</summary>
    internal void Clear(HttpContext http) => http.Response.Cookies.Delete(Name(http.Request.IsHttps), Options(http.Request.IsHttps, TimeSpan.Zero));

    /// <param name="age">400 days are the most that browsers keep.</param>
    private static CookieOptions Options(bool isTls, TimeSpan age) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = isTls,
        Path = "/",
        MaxAge = age,
    };
}
