using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Minato.Server.Http;

/// <summary>The browser client, out of this assembly's own resources, compressed when it was built.</summary>
internal static class Page
{
    internal static void MapPage(this WebApplication app)
    {
        var hashed = new Dictionary<string, Asset>(StringComparer.Ordinal);
        foreach (var asset in Asset.All())
        {
            if (asset.IsHashed)
            {
                hashed.Add(asset.Path[Asset.HashedFolder.Length..], asset);
                continue;
            }
            RequestDelegate serve = http => ServeAsync(http, asset);
            app.MapMethods($"/{asset.Path}", ["GET", "HEAD"], serve);
            if (asset.Path == "index.html")
                app.MapMethods("/", ["GET", "HEAD"], serve);
        }
        // One route for all of them: what tells a hundred apart is built at each start, and compiled at the first request.
        app.MapMethods($"/{Asset.HashedFolder}{{name}}", ["GET", "HEAD"], http =>
        {
            if (hashed.TryGetValue((string)http.Request.RouteValues["name"]!, out var asset))
                return ServeAsync(http, asset);
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    private static Task ServeAsync(HttpContext http, Asset asset)
    {
        var (encoding, bytes) = Choose(http.Request.Headers.AcceptEncoding.ToString(), asset);
        var headers = http.Response.Headers;
        headers.CacheControl = asset.IsHashed ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.ETag = asset.ETag(encoding);
        if (http.Request.Headers.IfNoneMatch == headers.ETag)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        http.Response.ContentType = asset.ContentType;
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        http.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(bytes).AsTask();
    }

    private static (string? Encoding, ReadOnlyMemory<byte> Bytes) Choose(string accepted, Asset asset)
    {
        var names = accepted.Split(',', StringSplitOptions.TrimEntries).Select(e => e.Split(';')).Where(e => !IsRefused(e)).Select(e => e[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return asset.Brotli is { } brotli && names.Contains("br") ? ("br", brotli)
            : asset.Gzip is { } gzip && names.Contains("gzip") ? ("gzip", gzip)
            : (null, asset.Plain);
    }

    private static bool IsRefused(string[] encoding) => encoding.Skip(1).Any(p => p.Replace(" ", "").TrimEnd('0') is "q=" or "q=0.");
}
