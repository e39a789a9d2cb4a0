using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Minato.Server.Http;

/// <summary>The browser client, out of this assembly's own resources, compressed when it was built.</summary>
internal static class Page
{
    private const string Prefix = "web/";

    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".webmanifest"] = "application/manifest+json",
        [".txt"] = "text/plain; charset=utf-8",
    };

    internal static void MapPage(this WebApplication app)
    {
        foreach (var asset in Load())
        {
            RequestDelegate serve = http => ServeAsync(http, asset);
            app.MapMethods($"/{asset.Path}", ["GET", "HEAD"], serve);
            if (asset.Path == "index.html")
                app.MapMethods("/", ["GET", "HEAD"], serve);
        }
    }

    private static Task ServeAsync(HttpContext http, Asset asset)
    {
        var (encoding, bytes) = Choose(http.Request.Headers.AcceptEncoding.ToString(), asset);
        var headers = http.Response.Headers;
        // Files under assets/ carry their content's hash in their name.
        headers.CacheControl = asset.Path.StartsWith("assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
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

    private static IEnumerable<Asset> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        foreach (var name in names.Where(n => Path.GetExtension(n) is not (".br" or ".gz")))
            yield return new Asset(
                name[Prefix.Length..].Replace('\\', '/'), ContentTypes.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream"),
                Read(assembly, name), ReadIf(assembly, names, name + ".br"), ReadIf(assembly, names, name + ".gz"));
    }

    private static byte[]? ReadIf(Assembly assembly, HashSet<string> names, string name) => names.Contains(name) ? Read(assembly, name) : null;

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private sealed record Asset(string Path, string ContentType, byte[] Plain, byte[]? Brotli, byte[]? Gzip)
    {
        private readonly string _hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Plain).AsSpan(0, 8));

        internal string ETag(string? encoding) => $"\"{_hash}{(encoding is null ? "" : "-" + encoding)}\"";
    }
}
