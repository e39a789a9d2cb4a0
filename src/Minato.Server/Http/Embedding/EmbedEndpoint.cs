using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Minato.Server.Sessions;

namespace Minato.Server.Http.Embedding;

/// <summary>
/// <c>/embed</c>: what this server's page asks when it finds itself in a frame: whose pages may be around it, and whether it needs a ticket
/// of theirs. No secret: the same origins stand in the content security policy.
/// </summary>
internal static class EmbedEndpoint
{
    internal static void MapEmbed(this WebApplication app, SessionContext context)
    {
        var answer = Write(context);
        app.MapGet("/embed", (HttpContext http) =>
        {
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = answer.Length;
            http.Response.Headers.CacheControl = "no-store";
            return http.Response.Body.WriteAsync(answer).AsTask();
        });
    }

    private static byte[] Write(SessionContext context)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, 1);
            json.WriteStartArray("origins"u8);
            foreach (var origin in context.Options.EmbedOrigins)
                json.WriteStringValue(origin.Text);
            json.WriteEndArray();
            json.WriteBoolean("ticket"u8, context.Admission.Access == Access.Token);
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }
}
