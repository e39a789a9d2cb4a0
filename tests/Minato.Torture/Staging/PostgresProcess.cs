using System.Diagnostics;
using System.Globalization;

namespace Minato.Torture.Staging;

/// <summary>A PostgreSQL of the run's own, reached by a socket in its folder; fsync and all.</summary>
internal sealed class PostgresProcess : IDisposable
{
    /// <summary>An immediate shutdown: the next start recovers from the log, as after a crash.</summary>
    private const int Crash = 3;

    private static readonly TimeSpan BetweenStarts = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private readonly string _binaries = Path.Combine(Directory.GetDirectories("/usr/lib/postgresql").Max(StringComparer.Ordinal)!, "bin");
    private readonly string _folder;
    private readonly StreamWriter _log;
    private readonly ProcessStartInfo _start;
    private volatile Process? _process;
    private Task _keeping = Task.CompletedTask;
    private volatile bool _isEnding;
    private TimeSpan _away = BetweenStarts;

    /// <param name="folder">On the disk that fills up.</param>
    /// <param name="log">Where what it says goes.</param>
    /// <param name="port">Where servers reach it over wires, too; null: they do not.</param>
    public PostgresProcess(string folder, string preload, FaultPage page, string log, int? port)
    {
        _log = new StreamWriter(log) { AutoFlush = true };
        (_folder, Port) = (folder, port ?? DefaultPort);
        Directory.CreateDirectory(folder);
        // It does not run as root, which may set all this up.
        Tool.Run("chown", "postgres", folder);
        for (var above = new DirectoryInfo(folder).Parent; above is { FullName: not "/tmp" and not "/" }; above = above.Parent)
            Tool.Run("chmod", "a+x", above.FullName);
        Tool.Run("chmod", "a+r", page.Path);
        string[] command =
        [
            .. AsPostgres, "env", $"LD_PRELOAD={preload}", $"TORTURE_PAGE={page.Path}", $"{_binaries}/postgres", "-D", Data, "-k", folder, "-p", Text(Port),
            "-c", port is null ? "listen_addresses=" : "listen_addresses=*", "-c", "max_connections=200", "-c", "deadlock_timeout=100ms", "-c", "recovery_init_sync_method=syncfs",
            "-c", "max_wal_size=128MB",
        ];
        _start = new ProcessStartInfo("setpriv", command) { UseShellExecute = false, RedirectStandardError = true };
    }

    public const int DefaultPort = 5432;

    public int Port { get; }

    public string Connection => $"Host={_folder};Port={Text(Port)};Username=postgres;Database=minato";

    private string Data => Path.Combine(_folder, "data");

    private static string[] AsPostgres => ["--reuid=postgres", "--regid=postgres", "--clear-groups"];

    /// <summary>Begins with nothing in it.</summary>
    public void StartNew()
    {
        Run("initdb", "-D", Data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8");
        File.AppendAllText(Path.Combine(Data, "pg_hba.conf"), "host all all 10.0.0.0/8 trust\n");
        Start();
        Run("createdb", "-h", _folder, "-p", Text(Port), "-U", "postgres", "minato");
    }

    /// <summary>Begins as a copy of another, which it follows. Whatever it was before is gone.</summary>
    public void StartFollowing(PostgresProcess primary)
    {
        if (Directory.Exists(Data))
            Directory.Delete(Data, recursive: true);
        Run("pg_basebackup", "-h", primary._folder, "-p", Text(primary.Port), "-U", "postgres", "-D", Data, "--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast");
        Start();
    }

    /// <summary>A standby becomes a primary.</summary>
    public void Promote() => Run("pg_ctl", "promote", "-w", "-D", Data);

    /// <summary>What one query answers.</summary>
    /// <exception cref="InvalidOperationException">It was not answered.</exception>
    public string Ask(string sql) => Tool.Run("setpriv", [.. AsPostgres, $"{_binaries}/psql", "-h", _folder, "-p", Text(Port), "-U", "postgres", "-Atqc", sql]).Trim();

    /// <summary>Ends it as a crash does, and leaves it away for a while.</summary>
    public Task CrashAsync(TimeSpan away)
    {
        _away = away;
        _ = Native.Signal(_process!.Id, Crash);
        return Task.Delay(away);
    }

    /// <summary>Ends it as a crash does, for good, or until it is started again.</summary>
    public async Task EndAsync()
    {
        _isEnding = true;
        _ = Native.Signal(_process!.Id, Crash);
        await _keeping;
    }

    public void Dispose()
    {
        _isEnding = true;
        if (_process is { HasExited: false } process)
        {
            _ = Native.Signal(process.Id, Crash);
            process.WaitForExit();
        }
        _log.Dispose();
    }

    private void Start()
    {
        _isEnding = false;
        _process = Launch();
        WaitUntilReady();
        _keeping = KeepAsync();
    }

    /// <summary>Starts it again whenever it has ended: by a crash, or by itself after an fsync that failed.</summary>
    private async Task KeepAsync()
    {
        while (true)
        {
            await _process!.WaitForExitAsync();
            if (_isEnding)
                return;
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
                Tool.Run($"{_binaries}/pg_isready", "-q", "-h", _folder, "-p", Text(Port), "-U", "postgres");
                return;
            }
            catch (InvalidOperationException) when (Environment.TickCount64 < until && !_process!.HasExited)
            {
                Thread.Sleep(100);
            }
    }

    private void Run(string program, params string[] arguments) => Tool.Run("setpriv", [.. AsPostgres, $"{_binaries}/{program}", .. arguments]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
