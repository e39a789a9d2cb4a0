using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Minato.Core.Commands;
using Minato.Server.Log;
using Minato.Server.Sessions;

namespace Minato.Server.Http;

/// <summary>Whether the server accepts commands: for those who send it traffic. It only looks at what is known, and asks no disk.</summary>
internal sealed class Readiness(LogWriter log, SessionRegistry sessions)
{
    private volatile bool _started;

    /// <summary>One word; null: it is ready.</summary>
    internal string? WhyNot =>
        !_started ? "starting"
        : sessions.Draining.IsCancellationRequested ? "draining"
        : log.Trouble switch
        {
            Refusal.StorageFull => "full",
            Refusal.StorageAway => "away",
            Refusal.StorageFailed => "failed",
            _ => null,
        };

    internal void Start() => _started = true;

    internal void MapOn(WebApplication app) => app.MapGet("/readyz", (HttpContext http) =>
    {
        var whyNot = WhyNot;
        http.Response.StatusCode = whyNot is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync((whyNot ?? "ready") + "\n");
    });
}
