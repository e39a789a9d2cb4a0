using System.Diagnostics;

namespace Minato.Torture.Staging;

/// <summary>A PostgreSQL of the run's own, reached by a socket in its folder; fsync and all.</summary>
internal sealed class PostgresProcess : IDisposable
{
    /// <summary>An immediate shutdown: the next start recovers from the log, as after a crash.</summary>
    private const int Crash = 3;

    private static readonly TimeSpan BetweenStarts = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private readonly string _binaries;
    private readonly string _folder;
    private readonly StreamWriter _log;
    private readonly ProcessStartInfo _start;
    private volatile Process _process;
    private volatile bool _isEnding;
    private TimeSpan _away = BetweenStarts;

    /// <param name="folder">On the disk that fills up.</param>
    /// <param name="log">Where what it says goes.</param>
    public PostgresProcess(string folder, string preload, FaultPage page, string log)
    {
        _log = new StreamWriter(log) { AutoFlush = true };
        _folder = folder;
        _binaries = Path.Combine(Directory.GetDirectories("/usr/lib/postgresql").Max(StringComparer.Ordinal)!, "bin");
        Directory.CreateDirectory(folder);
        // It does not run as root, which may set all this up.
        Tool.Run("chown", "postgres", folder);
        for (var above = new DirectoryInfo(folder).Parent; above is { FullName: not "/tmp" and not "/" }; above = above.Parent)
            Tool.Run("chmod", "a+x", above.FullName);
        Tool.Run("chmod", "a+r", page.Path);
        Tool.Run("setpriv", [.. AsPostgres, $"{_binaries}/initdb", "-D", Data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]);
        string[] command = [.. AsPostgres, "env", $"LD_PRELOAD={preload}", $"TORTURE_PAGE={page.Path}", $"{_binaries}/postgres", "-D", Data, "-k", folder, "-c", "listen_addresses=", "-c", "max_connections=200", "-c", "deadlock_timeout=100ms", "-c", "recovery_init_sync_method=syncfs"];
        _start = new ProcessStartInfo("setpriv", command) { UseShellExecute = false, RedirectStandardError = true };
        _process = Launch();
        WaitUntilReady();
        Tool.Run("setpriv", [.. AsPostgres, $"{_binaries}/createdb", "-h", folder, "-U", "postgres", "minato"]);
        _ = KeepAsync();
    }

    public string Connection => $"Host={_folder};Username=postgres;Database=minato";

    private string Data => Path.Combine(_folder, "data");

    private static string[] AsPostgres => ["--reuid=postgres", "--regid=postgres", "--clear-groups"];

    /// <summary>Ends it as a crash does, and leaves it away for a while.</summary>
    public Task CrashAsync(TimeSpan away)
    {
        _away = away;
        _ = Native.Signal(_process.Id, Crash);
        return Task.Delay(away);
    }

    public void Dispose()
    {
        _isEnding = true;
        _ = Native.Signal(_process.Id, Crash);
        _process.WaitForExit();
        _log.Dispose();
    }

    /// <summary>Starts it again whenever it has ended: by a crash, or by itself after an fsync that failed.</summary>
    private async Task KeepAsync()
    {
        while (true)
        {
            await _process.WaitForExitAsync();
            await Task.Delay(_away);
            if (_isEnding)
                return;
            _away = BetweenStarts;
            _process = Launch();
        }
    }

    private Process Launch()
    {
        File.Delete(Path.Combine(Data, "postmaster.pid"));
        var process = Process.Start(_start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_log)
                _log.WriteLine(line.Data);
        };
        process.BeginErrorReadLine();
        return process;
    }

    private void WaitUntilReady()
    {
        var until = Environment.TickCount64 + (long)ReadyWithin.TotalMilliseconds;
        while (true)
            try
            {
                Tool.Run($"{_binaries}/pg_isready", "-q", "-h", _folder, "-U", "postgres");
                return;
            }
            catch (InvalidOperationException) when (Environment.TickCount64 < until && !_process.HasExited)
            {
                Thread.Sleep(100);
            }
    }
}
