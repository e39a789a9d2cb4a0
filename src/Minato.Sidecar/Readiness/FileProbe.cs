using System.Globalization;
using System.Text.Json;

namespace Minato.Sidecar;

internal sealed record FileProbe(string? Path) : ReadyProbe
{
    /// <summary>More is no ready file.</summary>
    private const int MaxBytes = 64 * 1024;

    // A program that writes in place is seen in the middle of it: asked again soon, also where no notice comes (network file systems).
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromMilliseconds(100);

    internal override bool MayReport => true;

    internal override async Task<Sign> WaitAsync(ProbeScene scene, CancellationToken cancel)
    {
        var path = System.IO.Path.GetFullPath(Path ?? scene.Folder.ReadyFile);
        var stale = scene.Folder.StaleReadyFile;
        using var noticed = new SemaphoreSlim(0, 1);
        using var watcher = Watch(path, noticed);
        while (true)
        {
            if (TryRead(path, stale) is { } sign && (sign != default || scene.EndPoint is not null))
                return sign;
            await noticed.WaitAsync(AtLeastEvery, cancel);
        }
    }

    /// <summary>What tells one content of a file from another; null where there is none.</summary>
    internal static (DateTime Written, long Length)? Stamp(string path) =>
        new FileInfo(path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : null;

    /// <summary>Null: not there yet, or not whole.</summary>
    private static Sign? TryRead(string path, (DateTime, long)? stale)
    {
        try
        {
            if (Stamp(path) is not { } stamp || stamp == stale || stamp.Length > MaxBytes)
                return null;
            return ReadContent(System.IO.File.ReadAllText(path).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal static Sign? ReadContent(string text)
    {
        if (!text.StartsWith('{'))
            return ParseWord(text);
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            return root.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String ? new Sign(Url: url.GetString())
                : root.TryGetProperty("port", out var port) && port.TryGetInt32(out var number) && number is > 0 and <= 65535 ? new Sign(number)
                : default(Sign);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Sign ParseWord(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 ? new Sign(port)
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? new Sign(Url: text)
        : default;

    private static FileSystemWatcher? Watch(string path, SemaphoreSlim noticed)
    {
        try
        {
            var watcher = new FileSystemWatcher(System.IO.Path.GetDirectoryName(path)!, System.IO.Path.GetFileName(path));
            void Notice(object? sender, EventArgs e)
            {
                try
                {
                    noticed.Release();
                }
                catch (Exception failure) when (failure is SemaphoreFullException or ObjectDisposedException)
                {
                    // One look is due already, or none is needed any more.
                }
            }
            watcher.Created += Notice;
            watcher.Changed += Notice;
            watcher.Renamed += Notice;
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            return null; // no folder yet, or no watches left: looked at all the same
        }
    }
}
