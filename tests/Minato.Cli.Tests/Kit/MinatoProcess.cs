using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Minato.Tests.Kit;

/// <summary>The real executable, as a user starts it. Ends with its test, whatever happens.</summary>
internal sealed partial class MinatoProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _stdout = new();
    private readonly StringBuilder _stderr = new();
    private readonly TaskCompletionSource<string?> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TempFolder _home = new();

    private MinatoProcess(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        // Never the developer's own data folder.
        start.Environment["XDG_STATE_HOME"] = _home.Path;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) =>
        {
            _firstLine.TrySetResult(e.Data);
            Append(_stdout, e.Data);
        };
        _process.ErrorDataReceived += (_, e) => Append(_stderr, e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Pid => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Stdout => Read(_stdout);

    public string Stderr => Read(_stderr);

    /// <summary>http://host:port of a server that said where it listens.</summary>
    public string Url { get; private set; } = "";

    public int Port => new Uri(Url).Port;

    /// <summary>Starts a server and waits until it says where it listens.</summary>
    public static Task<MinatoProcess> ServeAsync(params string[] arguments) => Launch(arguments).ReadyAsync();

    /// <summary>Starts it, whatever becomes of it.</summary>
    public static MinatoProcess Launch(string[] arguments, Action<ProcessStartInfo>? configure = null)
    {
        var start = new ProcessStartInfo(Repository.Executable, arguments);
        configure?.Invoke(start);
        return new MinatoProcess(start);
    }

    /// <summary>Starts a program that becomes or starts the server.</summary>
    public static MinatoProcess Through(string program, params string[] arguments) => new(new ProcessStartInfo(program, arguments));

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int Code, string Stdout, string Stderr)> RunAsync(params string[] arguments)
    {
        await using var process = Launch(arguments);
        return (await process.WaitExitAsync(), process.Stdout, process.Stderr);
    }

    public async Task<MinatoProcess> ReadyAsync()
    {
        try
        {
            var line = await FirstLineAsync();
            Url = line.StartsWith('{')
                ? JsonDocument.Parse(line).RootElement.GetProperty("url").GetString()!
                : "http://" + line["Listening on: ".Length..].Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async Task<string> FirstLineAsync()
    {
        if (await _firstLine.Task.Within("the server's first line") is { } line)
            return line;
        await WaitExitAsync();
        throw new InvalidOperationException($"The server said nothing and exited {_process.ExitCode}: {Stderr}");
    }

    public async Task TypeAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    public void CloseInput() => _process.StandardInput.Close();

    public void Terminate() => Signal(15);

    public void Interrupt() => Signal(2);

    public void Kill9() => Signal(9);

    /// <summary>The exit code, after everything that was written is captured.</summary>
    public async Task<int> WaitExitAsync(TimeSpan? time = null)
    {
        await _process.WaitForExitAsync().Within("the process to end", time);
        return _process.ExitCode;
    }

    /// <summary>Waits for the end; another exit code than this is told with everything that stood on stderr.</summary>
    public async Task EndsWithAsync(int code, TimeSpan? time = null)
    {
        var actual = await WaitExitAsync(time);
        Assert.True(actual == code, $"Exit code {actual}, not {code}. stderr: {Stderr}");
    }

    public async Task<string> ErrorLineAsync(string part)
    {
        await Patience.Until(() => Stderr.Contains(part, StringComparison.Ordinal), $"stderr has \"{part}\"");
        return Stderr.Split('\n').First(l => l.Contains(part, StringComparison.Ordinal));
    }

    /// <summary>Resident bytes.</summary>
    public long ResidentBytes() =>
        long.Parse(File.ReadLines($"/proc/{Pid}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().Within("a killed process to end");
        _process.Dispose();
        _home.Dispose();
    }

    private void Signal(int signal)
    {
        if (Kill(Pid, signal) != 0 && !_process.HasExited)
            throw new InvalidOperationException($"kill -{signal} {Pid} failed with {Marshal.GetLastPInvokeError()}.");
    }

    private static void Append(StringBuilder to, string? line)
    {
        if (line is not null)
            lock (to)
                to.Append(line).Append('\n');
    }

    private static string Read(StringBuilder from)
    {
        lock (from)
            return from.ToString();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int pid, int signal);
}
