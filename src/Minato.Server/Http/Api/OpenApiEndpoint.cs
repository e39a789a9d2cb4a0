using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Minato.Server.Http.Api;

/// <summary><c>/openapi/v1.json</c>: the API for programs that write clients. Written by hand; tests hold it against the routes and their answers.</summary>
internal static class OpenApiEndpoint
{
    internal static byte[] Document { get; } = Read();

    internal static void MapOpenApi(this WebApplication app) => app.MapGet("/openapi/v1.json", (HttpContext http) =>
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Document.Length;
        http.Response.Headers.CacheControl = "no-cache";
        return http.Response.Body.WriteAsync(Document).AsTask();
    });

    private static byte[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("openapi.v1.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
