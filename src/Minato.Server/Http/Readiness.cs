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
    private volatile bool _announced;

    /// <summary>One word; null: it is ready.</summary>
    internal string? WhyNot =>
        !_started ? "starting"
        : IsStopping ? "draining"
        : log.Trouble switch
        {
            Refusal.StorageFull => "full",
            Refusal.StorageAway => "away",
            Refusal.StorageFailed => "failed",
            _ => null,
        };

    private bool IsStopping => _announced || sessions.Draining.IsCancellationRequested;

    internal void Start() => _started = true;

    /// <summary>The server is about to stop, and serves until it does.</summary>
    internal void AnnounceStop() => _announced = true;

    /// <summary>
    /// Once it is about to stop, a connection ends with the next answer: who keeps it for more requests asks them elsewhere from then on, and
    /// none is on its way when the server closes. HTTP/2 has a farewell of its own.
    /// </summary>
    internal void UseOn(WebApplication app) => app.Use(next => http =>
    {
        if (IsStopping && !HttpProtocol.IsHttp2(http.Request.Protocol))
            http.Response.Headers.Connection = "close";
        return next(http);
    });

    internal void MapOn(WebApplication app) => app.MapGet("/readyz", (HttpContext http) =>
    {
        var whyNot = WhyNot;
        http.Response.StatusCode = whyNot is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync((whyNot ?? "ready") + "\n");
    });
}
