using System.Diagnostics;

namespace Minato.Sidecar.Tests;

/// <summary>A python3 process that talks in lines; it is killed with its test.</summary>
internal sealed class Python : IDisposable
{
    private readonly Process _process;

    private Python(Process process) => _process = process;

    public static Python Start(string script, params string[] arguments) => StartBehind([], script, arguments);

    /// <summary>The command (<c>setpriv …</c>, <c>unshare …</c>) starts python3; empty for none.</summary>
    public static Python StartBehind(string[] command, string script, params string[] arguments)
    {
        string[] line = [.. command, "python3", "-c", script, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        try
        {
            return new Python(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception e) when (Environment.GetEnvironmentVariable("CI") is null)
        {
            Assert.Skip($"{line[0]} cannot be started: {e.Message}");
            throw;
        }
    }

    public int Pid => _process.Id;

    public async Task<string> ReadLine() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20))
        ?? throw new InvalidOperationException("The child ended its output without the line that the test waits for.");

    public async Task<int> ReadNumber() => int.Parse(await ReadLine());

    public void CloseInput() => _process.StandardInput.Close();

    public async Task<int> WaitForExit()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return _process.ExitCode;
    }

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Binds argv[1], port 0 or argv[2], listens, prints the port, and holds it until its input ends.</summary>
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
