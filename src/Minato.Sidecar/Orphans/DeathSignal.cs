namespace Minato.Sidecar;

/// <summary>Lets a child be ended at once when its host is: by setpriv(1) of util-linux, which asks for the signal and becomes the program, with the same pid.</summary>
internal static class DeathSignal
{
    private static readonly string? s_setpriv = Find();

    /// <summary>The command that becomes this one; this one itself where there is no setpriv, and only the leash ends it.</summary>
    internal static string[] Wrap(string[] command) =>
        s_setpriv is null || !IsSurelyExecutable(command[0]) ? command : [s_setpriv, "--pdeathsig", "KILL", "--", .. command];

    private static string? Find()
    {
        foreach (var path in (ReadOnlySpan<string>)["/usr/bin/setpriv", "/bin/setpriv"])
        {
            // Busybox has one that knows nothing of this.
            var target = File.Exists(path) ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.Name ?? "setpriv" : null;
            if (target == "setpriv")
                return path;
        }
        return null;
    }

    // Of anything else the system itself is to say what is wrong, before there is a process.
    private static bool IsSurelyExecutable(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            Span<byte> head = stackalloc byte[4];
            var read = RandomAccess.Read(file, head, 0);
            return head[..read].StartsWith("\u007fELF"u8) || head[..read].StartsWith("#!"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // executable, and not readable: it may be started without
        }
    }
}
