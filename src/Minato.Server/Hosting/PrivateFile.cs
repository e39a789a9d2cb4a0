namespace Minato.Server.Hosting;

/// <summary>A file with a secret: whole or not there at all, and readable by its owner only.</summary>
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
        using (var writer = new StreamWriter(new FileStream(partial, options)))
            writer.WriteLine(line);
        File.Move(partial, file, overwrite: true);
    }
}
