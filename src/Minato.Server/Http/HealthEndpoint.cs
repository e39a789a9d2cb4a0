using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Minato.Server.Http;

/// <summary>Whether the process answers at all: for supervisors and balancers.</summary>
internal static class HealthEndpoint
{
    internal static void MapHealth(this WebApplication app) => app.MapGet("/healthz", (HttpContext http) =>
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync("ok\n");
    });
}
