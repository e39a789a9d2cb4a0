using System.Diagnostics;

namespace Minato.Tests.Kit;

/// <summary>A program that users have, run to its end.</summary>
internal static class Tool
{
    /// <param name="input">What it reads; then its stdin is closed.</param>
    public static async Task<(int Code, string Stdout, string Stderr)> RunAsync(string program, string input, params string[] arguments)
    {
        Need.Program(program);
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        try
        {
            var stdout = process.StandardOutput.ReadToEndAsync();
            var stderr = process.StandardError.ReadToEndAsync();
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync().Within($"{program} to end");
            return (process.ExitCode, await stdout, await stderr);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
