using System.Diagnostics;

namespace Minato.Storage.Tests;

/// <summary>What some tests need of the machine: without it they skip with a reason at home and fail in CI.</summary>
internal static class Needs
{
    public static void Tool(string command, params string[] arguments)
    {
        string? problem;
        try
        {
            var (code, output) = Run(command, arguments);
            problem = code == 0 ? null : output;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            problem = e.Message;
        }
        if (problem is null)
            return;
        var reason = $"{command} {string.Join(' ', arguments)}: {problem.Trim()}";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(reason);
        Assert.Skip(reason);
    }

    public static (int Code, string Output) Run(string command, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            process.Kill();
            Assert.Fail($"{command} did not end within a minute. It said: {output}");
        }
        return (process.ExitCode, output + errors.Result);
    }
}

/// <summary>A real small disk, which really fills.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TempFolder _folder = new();

    public SmallDisk(string size) => Needs.Tool("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", Path);

    public string Path => _folder.Path;

    public string Of(string name) => _folder.Of(name);

    public void MakeReadOnly() => Needs.Tool("mount", "-o", "remount,ro", Path);

    public void Dispose()
    {
        Needs.Run("umount", ["-l", Path]);
        _folder.Dispose();
    }
}
