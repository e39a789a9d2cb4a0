namespace Minato.Sidecar;

/// <summary>
/// The name a person knows a process by. The kernel's short name is right for scripts (gunicorn, not python3.11), but it is cut
/// at 15 bytes and a program may overwrite it with a thread's name (newer Node says "MainThread"), so it is believed only
/// when the program's or the script's file is called so; else the executable's name is given.
/// </summary>
internal static class ProcessName
{
    public static string Read(int pid, string shortName)
    {
        try
        {
            var executable = new FileInfo($"/proc/{pid}/exe").LinkTarget;
            var arguments = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
            return Choose(shortName, executable, arguments);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return shortName;
        }
    }

    public static string Choose(string shortName, string? executable, IReadOnlyList<string> arguments)
    {
        const string Replaced = " (deleted)"; // by an update, while it runs
        if (executable?.EndsWith(Replaced, StringComparison.Ordinal) == true)
            executable = executable[..^Replaced.Length];

        var program = Path.GetFileName(executable);
        var names = arguments.Take(2).Select(Path.GetFileName).Prepend(program);
        return names.FirstOrDefault(n => IsMeant(n, shortName)) ?? (string.IsNullOrEmpty(program) ? shortName : program);
    }

    private const int ShortNameLimit = 15; // TASK_COMM_LEN - 1

    private static bool IsMeant(string? fileName, string shortName) => shortName.Length < ShortNameLimit
        ? fileName == shortName
        : fileName?.StartsWith(shortName, StringComparison.Ordinal) == true;
}
