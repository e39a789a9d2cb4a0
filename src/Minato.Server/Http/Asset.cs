using System.Reflection;
using System.Security.Cryptography;

namespace Minato.Server.Http;

/// <summary>A file of the browser client, read when it is first asked for.</summary>
internal sealed class Asset
{
    /// <summary>Where each file carries its content's hash in its name.</summary>
    internal const string HashedFolder = "assets/";

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

    private readonly Lazy<byte[]> _plain;
    private readonly Lazy<byte[]>? _brotli;
    private readonly Lazy<byte[]>? _gzip;
    private readonly Lazy<string> _hash;

    private Asset(string name, HashSet<string> names)
    {
        Path = name[Prefix.Length..].Replace('\\', '/');
        ContentType = ContentTypes.GetValueOrDefault(System.IO.Path.GetExtension(name), "application/octet-stream");
        _plain = new Lazy<byte[]>(() => Read(name));
        _brotli = ReadIf(names, name + ".br");
        _gzip = ReadIf(names, name + ".gz");
        _hash = new Lazy<string>(() => Convert.ToHexStringLower(SHA256.HashData(Plain).AsSpan(0, 8)));
    }

    /// <summary>From the page's root, without a slash before it.</summary>
    internal string Path { get; }

    internal string ContentType { get; }

    internal bool IsHashed => Path.StartsWith(HashedFolder, StringComparison.Ordinal);

    internal byte[] Plain => _plain.Value;

    internal byte[]? Brotli => _brotli?.Value;

    internal byte[]? Gzip => _gzip?.Value;

    internal static IEnumerable<Asset> All()
    {
        var names = Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        return names.Where(n => System.IO.Path.GetExtension(n) is not (".br" or ".gz")).Select(n => new Asset(n, names));
    }

    internal string ETag(string? encoding) => $"\"{_hash.Value}{(encoding is null ? "" : "-" + encoding)}\"";

    private static Lazy<byte[]>? ReadIf(HashSet<string> names, string name) => names.Contains(name) ? new Lazy<byte[]>(() => Read(name)) : null;

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
