using System.Globalization;

namespace Minato.Sidecar;

/// <summary>Where this user's leases are agreed upon: a folder that is nobody else's.</summary>
internal static class LeaseFolder
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Gone with the session or the next start of the machine, as the locks are.</summary>
    /// <exception cref="IOException">The folder cannot be made, or is not ours; the message says which.</exception>
    internal static string OfLocks() => Open(Path.Combine(RuntimeRoot(), "minato-ports"));

    /// <summary>What is remembered from one start of the machine to the next.</summary>
    /// <exception cref="IOException">The folder cannot be made, or is not ours; the message says which.</exception>
    internal static string OfMemory()
    {
        var root = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state ? state
            : OperatingSystem.IsLinux() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state")
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Open(Path.Combine(root, "minato-ports"));
    }

    // Not the session's folder alone: a service and a terminal of one user may have different ones, or none.
    private static string RuntimeRoot()
    {
        if (!OperatingSystem.IsLinux())
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        var user = Libc.EffectiveUser().ToString(CultureInfo.InvariantCulture);
        var session = $"/run/user/{user}";
        return Directory.Exists(session) ? session : Path.Combine("/tmp", $"minato-{user}");
    }

    private static string Open(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                return Directory.CreateDirectory(path).FullName;
            foreach (var folder in new[] { Path.GetDirectoryName(path)!, path })
            {
                if (!Directory.Exists(folder))
                    Directory.CreateDirectory(folder, Mine);
                // Somebody may have made it under our name, where everybody may make folders.
                var info = new DirectoryInfo(folder);
                if (info.LinkTarget is not null || info.UnixFileMode.HasFlag(UnixFileMode.OtherWrite))
                    throw new IOException($"{folder} keeps the leases of ports, but others may write there. Remove it, and it is made anew.");
            }
            return path;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} keeps the leases of ports, but cannot be used: {e.Message}", e);
        }
    }
}
