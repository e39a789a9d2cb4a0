using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Minato.Server.Http.Api;

/// <summary>A request's JSON, whole: Kestrel ends one that is longer than 64 KiB or that comes too slowly.</summary>
internal static class RequestBody
{
    /// <summary>Null: it is there and is not said to be JSON.</summary>
    /// <exception cref="BadHttpRequestException">Too long, too slow, or cut off.</exception>
    internal static async ValueTask<byte[]?> ReadAsync(HttpRequest request)
    {
        while (true)
        {
            var result = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                request.BodyReader.AdvanceTo(result.Buffer.End);
                return body.Length == 0 || IsJson(request.ContentType) ? body : null;
            }
            request.BodyReader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>With a charset it is still JSON, and JSON is UTF-8: https://www.rfc-editor.org/rfc/rfc8259#section-8.1</summary>
    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
