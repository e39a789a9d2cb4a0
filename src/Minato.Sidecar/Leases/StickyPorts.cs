using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Minato.Sidecar;

/// <summary>
/// Which key has which port, kept in a file of lines <c>PORT KEY</c>, the oldest first. It is replaced as a whole: a power loss leaves the old one or
/// the new one. The lock is a file of its own beside it, because a lock on what is replaced would be one on nothing.
/// </summary>
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
        using var held = Hold();
        return Read().Where(e => e.Key == key).Select(e => (int?)e.Port).FirstOrDefault();
    }

    /// <summary>Whether no key has this port.</summary>
    internal bool IsNobodys(int port)
    {
        using var held = Hold();
        return Read().TrueForAll(e => e.Port != port);
    }

    /// <summary>The port that the key has from now on: this one, or the one that somebody kept for it meanwhile.</summary>
    internal int Keep(string key, int port)
    {
        Check(key);
        using var held = Hold();
        var entries = Read();
        if (entries.Find(e => e.Key == key) is { Key: not null } known)
            return known.Port;
        entries.Add((port, key));
        Write(entries.TakeLast(MaxKeys));
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

    private FileStream Hold()
    {
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(5))
            try
            {
                return new FileStream(path() + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < Patience)
            {
                // Another process writes its line, which takes microseconds.
                Thread.Sleep(5);
            }
    }

    private List<(int Port, string Key)> Read()
    {
        var entries = new List<(int, string)>();
        if (!File.Exists(path()))
            return entries;
        foreach (var line in File.ReadLines(path(), Encoding.UTF8))
        {
            // A damaged line is passed over: its key gets a port anew.
            var space = line.IndexOf(' ');
            if (space > 0 && int.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535)
                entries.Add((port, line[(space + 1)..]));
        }
        return entries;
    }

    private void Write(IEnumerable<(int Port, string Key)> entries)
    {
        var anew = path() + ".new";
        using (var file = new FileStream(anew, FileMode.Create, FileAccess.Write))
        {
            using (var writer = new StreamWriter(file, new UTF8Encoding(false), leaveOpen: true))
                foreach (var (port, key) in entries)
                    writer.Write(string.Create(CultureInfo.InvariantCulture, $"{port} {key}\n"));
            file.Flush(flushToDisk: true);
        }
        File.Move(anew, path(), overwrite: true);
    }
}
