using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Minato.Storage.Postgres.Native;
using Minato.Storage.Postgres.Schema;
using Npgsql;

[assembly: AssemblyFixture(typeof(Minato.Storage.Tests.PostgresServer))]

namespace Minato.Storage.Tests;

/// <summary>
/// A real PostgreSQL of our own, fsync and all, on a free port of loopback: started when the first test asks, ended with this
/// process however that ends. Each test gets a database of its own, copied from one that has the schema.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const string Template = "template_minato";

    /// <summary>Starts the server, and ends it when its input does: when this process is gone, however it went.</summary>
    private const string Leash = """
        "$@" & server=$!
        read _
        kill -QUIT $server
        wait $server
        """;

    private readonly Lock _gate = new();
    private readonly TempFolder _folder = new();
    private Process? _process;
    private int _port;
    private int _made;

    /// <summary>A new database with this version's schema and nothing in it, as a connection string.</summary>
    public string NewDatabase()
    {
        lock (_gate)
        {
            if (_process is null)
                Start();
            var name = string.Create(CultureInfo.InvariantCulture, $"test{++_made}");
            Execute("postgres", $"create database {name} template {Template}");
            return To(name);
        }
    }

    /// <summary>A new database without anything.</summary>
    public string NewEmptyDatabase()
    {
        lock (_gate)
        {
            if (_process is null)
                Start();
            var name = string.Create(CultureInfo.InvariantCulture, $"test{++_made}");
            Execute("postgres", $"create database {name}");
            return To(name);
        }
    }

    public void Dispose()
    {
        if (_process is { } process)
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
        _folder.Dispose();
    }

    private void Start()
    {
        var bin = Binaries();
        var data = _folder.Of("data");
        // The server refuses to run as root.
        string[] user = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : ["env"];
        if (Environment.IsPrivilegedProcess)
            Needs.Tool("chown", "postgres", _folder.Path);
        Needs.Tool(user[0], [.. user[1..], $"{bin}/initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]);
        _port = FreePort();
        var start = new ProcessStartInfo("sh") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", Leash, "leash", .. user, $"{bin}/postgres", "-D", data, "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture),
            "-k", _folder.Path, "-c", "max_connections=300", "-c", "deadlock_timeout=100ms"])
            start.ArgumentList.Add(argument);
        var log = File.CreateText(_folder.Of("log"));
        log.AutoFlush = true;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => log.WriteLine(line.Data);
        _process.BeginErrorReadLine();
        WaitUntilReady();
        Execute("postgres", $"create database {Template}");
        // Not through the store: it would leave a lobby.
        using var source = NpgsqlDataSource.Create(To(Template));
        using var db = PostgresDatabase.Open(source);
        PostgresMigrations.Apply(db);
    }

    private void WaitUntilReady()
    {
        for (var tries = 0; ; tries++)
            try
            {
                Execute("postgres", "select 1");
                return;
            }
            catch (NpgsqlException) when (tries < 100)
            {
                Thread.Sleep(100);
            }
    }

    private void Execute(string database, string sql)
    {
        using var connection = new NpgsqlConnection(To(database));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private string To(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database};Pooling=false");

    private static string Binaries()
    {
        var versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        var bin = versions.OrderDescending().Select(v => $"{v}/bin").FirstOrDefault(b => File.Exists($"{b}/postgres"));
        // Without it: the reason why tests skip, or fail in CI.
        Needs.Tool(bin is null ? "postgres" : $"{bin}/postgres", "--version");
        return bin ?? "/usr/bin";
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
