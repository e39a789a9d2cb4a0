using Microsoft.AspNetCore.Builder;

namespace Minato.Server.Metrics;

/// <summary>HTTP requests by the class of their status.</summary>
internal sealed class RequestMeters
{
    private readonly Counter[] _byClass = [new(), new(), new(), new(), new()];

    internal Gauge UnderWay { get; } = new();

    /// <param name="statusClass">1 for 1xx to 5 for 5xx.</param>
    internal long Of(int statusClass) => _byClass[statusClass - 1].Value;

    /// <summary>First of all, so that it sees what became of every request.</summary>
    internal void UseOn(WebApplication app) => app.Use(next => async http =>
    {
        // What ends by an exception is answered as a fault of the server's own.
        var statusClass = 5;
        UnderWay.Add(1);
        try
        {
            await next(http);
            statusClass = Math.Clamp(http.Response.StatusCode / 100, 1, 5);
        }
        finally
        {
            UnderWay.Add(-1);
            _byClass[statusClass - 1].Add();
        }
    });
}
