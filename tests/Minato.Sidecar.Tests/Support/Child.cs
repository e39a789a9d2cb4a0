using System.ComponentModel;
using System.Diagnostics;

namespace Minato.Sidecar.Tests;

/// <summary>A real other process that talks in lines; it is killed with its test.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(Process process) => _process = process;

    public static Child Start(params string[] line)
    {
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        try
        {
            return new Child(Process.Start(start)!);
        }
        catch (Win32Exception e) when (Environment.GetEnvironmentVariable("CI") is null)
        {
            Assert.Skip($"{line[0]} cannot be started: {e.Message}");
            throw;
        }
    }

    public static Child StartPython(string script, params string[] arguments) => Start(["python3", "-c", script, .. arguments]);

    public int Pid => _process.Id;

    public async Task<string> ReadLine() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
        ?? throw new InvalidOperationException("The child ended its output without the line that the test waits for.");

    public async Task<int> ReadNumber() => int.Parse(await ReadLine());

    public async Task Write(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    public void CloseInput() => _process.StandardInput.Close();

    public async Task<int> WaitForExit()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Long enough for a busy machine; what takes as long is broken.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Python: binds argv[1], port 0 or argv[2], listens, prints the port, and holds it until its input ends.</summary>
    public const string HoldPort = """
        import socket, sys
        host, port = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0
        s = socket.socket(socket.AF_INET6 if ':' in host else socket.AF_INET)
        if ':' in host: s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        s.bind((host, port))
        s.listen()
        print(s.getsockname()[1], flush=True)
        sys.stdin.read()
        """;
}
