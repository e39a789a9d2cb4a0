namespace Minato.Sidecar;

/// <summary>Where a program is that somebody named, as a shell would find it.</summary>
internal static class ProgramPath
{
    /// <summary>The path of a program that can be executed.</summary>
    /// <param name="program">A name to look for in PATH, or a path, relative to <paramref name="directory"/>.</param>
    /// <exception cref="SidecarException">There is none, or it cannot be executed; the message says what to do.</exception>
    public static string Find(string program, string? directory)
    {
        if (program.Length == 0)
            throw new SidecarException(SidecarFailure.NotFound, "There is no command: its name is empty.");
        if (program.Contains('/') || (OperatingSystem.IsWindows() && program.Contains('\\')))
            return Check(program, Path.GetFullPath(program, directory is null ? Environment.CurrentDirectory : Path.GetFullPath(directory)));

        string? unfit = null;
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin").Split(Path.PathSeparator))
        {
            foreach (var suffix in Suffixes())
            {
                var path = Path.Combine(folder.Length == 0 ? "." : folder, program + suffix);
                if (IsExecutable(path))
                    return Path.GetFullPath(path);
                unfit ??= File.Exists(path) ? path : null;
            }
        }

        throw unfit is not null ? NotExecutable(unfit)
            : new SidecarException(SidecarFailure.NotFound, $"The command \"{program}\" was not found in PATH. Is it installed? A file of this folder is written ./{program}.");
    }

    private static string Check(string program, string path)
    {
        if (IsExecutable(path))
            return path;
        if (Directory.Exists(path))
            throw new SidecarException(SidecarFailure.CannotExecute, $"\"{program}\" is a folder, not a program.");
        throw File.Exists(path) ? NotExecutable(path) : new SidecarException(SidecarFailure.NotFound, $"There is no file \"{path}\".");
    }

    private static SidecarException NotExecutable(string path) =>
        new(SidecarFailure.CannotExecute, $"\"{path}\" may not be executed. Make it executable (chmod +x), or name the program that runs it.");

    private static bool IsExecutable(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || !OperatingSystem.IsLinux() || Libc.MayExecute(path));

    private static string[] Suffixes() => OperatingSystem.IsWindows() ? ["", ".exe", ".cmd", ".bat"] : [""];
}
