using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Minato.Sidecar;

/// <summary>Which key has which port, kept in a file of lines <c>PORT KEY</c>, the oldest first.</summary>
/// <param name="path">Asked when it is first needed.</param>
internal sealed class StickyPorts(Func<string> path)
{
    /// <summary>Keys; who comes after that takes the place of the oldest.</summary>
    internal const int MaxKeys = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="ArgumentException">The key is empty, too long, or has a character that is none of text.</exception>
    internal int? Find(string key)
    {
        Check(key);
        using var file = Open();
        return Read(file).Where(e => e.Key == key).Select(e => (int?)e.Port).FirstOrDefault();
    }

    /// <summary>Whether no key has this port.</summary>
    internal bool IsNobodys(int port)
    {
        using var file = Open();
        return Read(file).TrueForAll(e => e.Port != port);
    }

    /// <summary>The port that the key has from now on: this one, or the one that somebody kept for it meanwhile.</summary>
    internal int Keep(string key, int port)
    {
        Check(key);
        using var file = Open();
        var entries = Read(file);
        if (entries.Find(e => e.Key == key) is { Key: not null } known)
            return known.Port;
        entries.Add((port, key));
        Write(file, entries.TakeLast(MaxKeys));
        return port;
    }

    /// <summary>Where the search for a key's first port begins: the same on every machine, so that a lost file is often no loss.</summary>
    internal static int StartOf(string key, LeaseRange range) =>
        (int)(BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(key))) % range.Count);

    private static void Check(string key)
    {
        if (key.Length is 0 or > PortLeaseOptions.MaxStickyKey || key.Any(char.IsControl))
            throw new ArgumentException($"A key of a port is 1 to {PortLeaseOptions.MaxStickyKey} characters, without control characters.", nameof(key));
    }

    private FileStream Open()
    {
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(5))
            try
            {
                return new FileStream(path(), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < Patience)
            {
                // Another process writes its line, which takes microseconds.
                Thread.Sleep(5);
            }
    }

    private static List<(int Port, string Key)> Read(FileStream file)
    {
        var entries = new List<(int, string)>();
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            // A damaged line is passed over: its key gets a port anew.
            var space = line.IndexOf(' ');
            if (space > 0 && int.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535)
                entries.Add((port, line[(space + 1)..]));
        }
        return entries;
    }

    private static void Write(FileStream file, IEnumerable<(int Port, string Key)> entries)
    {
        file.SetLength(0);
        using var writer = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true);
        foreach (var (port, key) in entries)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{port} {key}\n"));
    }
}
