using System.Diagnostics;

namespace Minato.Torture.Staging;

/// <summary>Programs of the system that set the stage: <c>ip</c>, <c>mount</c>, <c>mkfs</c>.</summary>
internal static class Tool
{
    /// <exception cref="InvalidOperationException">It failed; what it said.</exception>
    /// <returns>What it said.</returns>
    public static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result.Trim()}");
        return said;
    }
}
