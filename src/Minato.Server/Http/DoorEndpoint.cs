using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Minato.Core.Accounts;
using Minato.Core.Storage;
using Minato.Server.Sessions;

namespace Minato.Server.Http;

/// <summary>
/// <c>/door</c>: what this server's page asks before it shows somebody a way in: who is let in, who may make an account, and whether passkeys can be had at the address that it was opened at. No secret:
/// whoever tries either finds it out.
/// </summary>
internal sealed class DoorEndpoint(SessionContext context)
{
    /// <summary>How old an answer may be. Anybody may ask, as often as they like: the store is asked once in that time, and no more.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<WorkspaceSettings>? _settings;
    private long _askedAt;

    internal void MapOn(WebApplication app) => app.MapGet("/door", async (HttpContext http) =>
    {
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            var answer = Write(await ReadSettingsAsync(), hasPasskeys: context.Accounts.PasskeySiteOf(http) is not null);
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = answer.Length;
            await http.Response.Body.WriteAsync(answer);
        }
        catch (StoreAwayException)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    });

    private Task<WorkspaceSettings> ReadSettingsAsync()
    {
        lock (_gate)
        {
            if (_settings is null || context.Clock.GetElapsedTime(_askedAt) >= MaxAge)
                (_settings, _askedAt) = (context.Accounts.Store.ReadSettingsAsync(CancellationToken.None).AsTask(), context.Clock.GetTimestamp());
            return _settings;
        }
    }

    private byte[] Write(WorkspaceSettings settings, bool hasPasskeys)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, 1);
            json.WriteString("access"u8, context.Admission.Access.ToString().ToLowerInvariant());
            json.WriteString("signup"u8, settings.SignUp.ToString().ToLowerInvariant());
            json.WriteBoolean("passkeys"u8, hasPasskeys);
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }
}
