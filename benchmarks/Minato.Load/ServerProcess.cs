using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Minato.Load;

/// <summary>The executable, as an operator runs it, without limits of rate.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int port) => (_process, Port) = (process, port);

    internal int Port { get; }

    internal TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    internal double MemoryMiB
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024.0 / 1024;
        }
    }

    /// <summary>Completes when it serves.</summary>
    /// <param name="port">0: the system's choice.</param>
    /// <param name="data">Its folder; null: it keeps nothing.</param>
    /// <param name="executable">Null: this tree's.</param>
    /// <param name="postgres">The database that it shares with others, and then it ends with this process; null: it keeps what it has in its folder.</param>
    internal static async Task<ServerProcess> StartAsync(string? data, int port = 0, string? executable = null, string? postgres = null)
    {
        var start = new ProcessStartInfo(executable ?? Tree.Executable)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments = [string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"), "--ready-json", "--no-rate-limits", .. data is null ? ["--memory"] : new[] { "--data", data },
            .. postgres is null ? [] : new[] { "--postgres", postgres, string.Create(CultureInfo.InvariantCulture, $"--exit-with-parent={Environment.ProcessId}") }];
        Array.ForEach(arguments, start.ArgumentList.Add);
        var process = Process.Start(start) ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{start.FileName} does not start; build it first."));
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var said = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        using var ready = JsonDocument.Parse(said);
        if (!ready.RootElement.GetProperty("ready").GetBoolean())
            throw new InvalidOperationException($"The server did not start: {said}");
        return new ServerProcess(process, ready.RootElement.GetProperty("port").GetInt32());
    }

    /// <summary>kill -9.</summary>
    internal async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and its end.</summary>
    internal async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
    }

    public void Dispose() => _process.Dispose();
}
