using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(Minato.Tests.Kit.PostgresServer))]

namespace Minato.Tests.Kit;

/// <summary>
/// A real PostgreSQL of our own, fsync and all, on a free port of loopback: started when the first test asks, ended with this
/// process however that ends.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    /// <summary>Starts the server, and ends it when its input does: when this process is gone, however it went.</summary>
    private const string Leash = """
        "$@" & server=$!
        read _
        kill -QUIT $server
        wait $server
        """;

    /// <summary>Tries at reaching it, a tenth of a second apart: it takes a second.</summary>
    private const int MaxTries = 300;

    private readonly Lock _gate = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("minato-postgres-");
    private Process? _process;
    private int _port;
    private int _made;

    /// <summary>What it is started with besides, as <c>name=value</c>.</summary>
    public string[] Settings { get; init; } = [];

    public int Port => _port;

    /// <summary>What it has said.</summary>
    public string Log => File.ReadAllText(LogFile);

    /// <summary>A new database, as a connection string.</summary>
    /// <param name="template">What it is a copy of; null: nothing is in it.</param>
    public string NewDatabase(string? template = null) => Make($"template {template ?? "template1"}");

    /// <summary>The same on a disk of its own.</summary>
    public string NewDatabaseOn(string folder)
    {
        var tables = Path.Combine(folder, "tables");
        Directory.CreateDirectory(tables);
        if (Environment.IsPrivilegedProcess)
            Run(["chown", "postgres", tables]);
        StartOnce();
        Execute($"create tablespace elsewhere location '{tables}'");
        return Make("tablespace elsewhere");
    }

    /// <summary>A copy of it, on a port of its own, that follows it by streaming and can take its place.</summary>
    public PostgresServer NewStandby()
    {
        var standby = new PostgresServer { Settings = Settings };
        standby.TakeFolder();
        Run([.. User, $"{Binaries()}/pg_basebackup", "-h", "127.0.0.1", "-p", Text(_port), "-U", "postgres", "-D", standby.Data,
            "--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync"]);
        standby.Recover();
        return standby;
    }

    /// <summary>A standby becomes a primary.</summary>
    public void Promote() => Run([.. User, $"{Binaries()}/pg_ctl", "promote", "-w", "-D", Data]);

    /// <summary>Ends it at once, and leaves it no moment for a last word.</summary>
    public void Kill()
    {
        Run(["kill", "-KILL", File.ReadLines(Path.Combine(Data, "postmaster.pid")).First()]);
        Crash();
    }

    /// <summary>Ends it as a crash does.</summary>
    public void Crash()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>Starts it after <see cref="Crash"/>, on the same port, with what it had on disk.</summary>
    public void Recover()
    {
        var bin = Binaries();
        string[] settings = ["max_connections=300", "deadlock_timeout=100ms", .. Settings];
        _process = Launch(["sh", "-c", Leash, "leash", .. User, $"{bin}/postgres", "-D", Data, "-h", "127.0.0.1",
            "-p", Text(_port), "-k", _folder.FullName, .. settings.SelectMany(s => new[] { "-c", s })]);
        var log = TextWriter.Synchronized(new StreamWriter(new FileStream(LogFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true });
        _process.ErrorDataReceived += (_, line) => log.WriteLine(line.Data);
        _process.BeginErrorReadLine();
        WaitUntilReady();
    }

    public void Dispose()
    {
        Crash();
        _folder.Delete(recursive: true);
    }

    private string LogFile => Path.Combine(_folder.FullName, "log");

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>The server refuses to run as root.</summary>
    private static string[] User =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : ["env"];

    private string Make(string how)
    {
        lock (_gate)
        {
            StartOnce();
            var name = string.Create(CultureInfo.InvariantCulture, $"test{++_made}");
            Execute($"create database {name} {how}");
            return To(name);
        }
    }

    private void StartOnce()
    {
        lock (_gate)
            if (_process is null)
                Start();
    }

    private void Start()
    {
        TakeFolder();
        Run([.. User, $"{Binaries()}/initdb", "-D", Data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]);
        Recover();
    }

    private void TakeFolder()
    {
        if (Environment.IsPrivilegedProcess)
            Run(["chown", "postgres", _folder.FullName]);
        _port = FreePort();
    }

    private void WaitUntilReady()
    {
        for (var tries = 1; ; tries++)
            try
            {
                Execute("select 1");
                return;
            }
            catch (NpgsqlException) when (tries < MaxTries && !_process!.HasExited)
            {
                Thread.Sleep(100);
            }
    }

    /// <returns>The first value of the first row.</returns>
    public object? Execute(string sql, string database = "postgres")
    {
        using var connection = new NpgsqlConnection(To(database));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string To(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database};Pooling=false");

    /// <summary>Without a server its tests skip at home and fail in CI.</summary>
    private static string Binaries()
    {
        const string where = "/usr/lib/postgresql";
        var versions = Directory.Exists(where) ? Directory.GetDirectories(where) : [];
        if (versions.OrderDescending().Select(v => $"{v}/bin").FirstOrDefault(b => File.Exists($"{b}/postgres")) is { } bin)
            return bin;
        const string reason = $"There is no PostgreSQL in {where} (Debian: apt-get install postgresql).";
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(reason);
        Assert.Skip(reason);
        return "";
    }

    private static void Run(string[] command)
    {
        using var process = Launch(command);
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {errors.Result}");
    }

    private static Process Launch(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
