namespace Minato.Server.Hosting;

/// <summary>A small file, a secret perhaps: whole or not there at all, also after a power loss, and readable by its owner only.</summary>
internal static class PrivateFile
{
    /// <exception cref="IOException">It cannot be written.</exception>
    internal static void Write(string file, string line)
    {
        var partial = $"{file}.{Environment.ProcessId}.partial";
        // Made anew, so that whoever left a file there (in a shared folder, anybody) has no say in its rights, nor a hand on it.
        File.Delete(partial);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(partial, options))
        {
            using (var writer = new StreamWriter(stream, leaveOpen: true))
                writer.WriteLine(line);
            // Or the name may be on disk before what it stands for.
            stream.Flush(flushToDisk: true);
        }
        File.Move(partial, file, overwrite: true);
    }
}
