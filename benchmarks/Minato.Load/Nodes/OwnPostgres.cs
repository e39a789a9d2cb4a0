using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Minato.Load.Peers;

namespace Minato.Load.Nodes;

/// <summary>A PostgreSQL of this run's own, fsync and all, on a free port of loopback; ended with this process, however that ends.</summary>
internal sealed class OwnPostgres : IDisposable
{
    private const string Where = "/usr/lib/postgresql";

    /// <summary>Starts the server, and ends it when its input does: when this process is gone, however it went.</summary>
    private const string Leash = """
        "$@" & server=$!
        read _
        kill -QUIT $server
        wait $server
        """;

    private readonly DirectoryInfo _folder;
    private readonly Process _leash;
    private readonly int _port;

    private OwnPostgres(DirectoryInfo folder, Process leash, int port) => (_folder, _leash, _port) = (folder, leash, port);

    internal string Connection => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres");

    /// <summary>Of all its processes, those that have ended included.</summary>
    internal TimeSpan Cpu => ProcessorTime.OfTree(int.Parse(File.ReadLines(Path.Combine(_folder.FullName, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture));

    /// <summary>Whoever starts it waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it does not start; the message is for the user.</exception>
    internal static OwnPostgres Start()
    {
        var versions = Directory.Exists(Where) ? Directory.GetDirectories(Where) : [];
        var binaries = versions.OrderDescending().Select(v => $"{v}/bin").FirstOrDefault(b => File.Exists($"{b}/postgres"))
            ?? throw new InvalidOperationException($"There is no PostgreSQL in {Where} (Debian: apt-get install postgresql), and --postgres names none.");
        var folder = Directory.CreateTempSubdirectory("minato-nodes-postgres-");
        try
        {
            Machine.RequireDisk(folder.FullName);
            var data = Path.Combine(folder.FullName, "data");
            if (Environment.IsPrivilegedProcess)
                Run(["chown", "postgres", folder.FullName]);
            Run([.. User, $"{binaries}/initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]);
            var port = FreePort();
            var leash = Launch(["sh", "-c", Leash, "leash", .. User, $"{binaries}/postgres", "-D", data, "-h", "127.0.0.1",
                "-p", port.ToString(CultureInfo.InvariantCulture), "-k", folder.FullName, "-c", "max_connections=200"]);
            leash.ErrorDataReceived += (_, _) => { };
            leash.BeginErrorReadLine();
            return new OwnPostgres(folder, leash, port);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    public void Dispose()
    {
        _leash.StandardInput.Close();
        _leash.WaitForExit();
        _leash.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>It refuses to run as root.</summary>
    private static string[] User => Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : ["env"];

    private static void Run(string[] command)
    {
        using var process = Launch(command);
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {errors.Result}");
    }

    private static Process Launch(string[] command) => Process.Start(new ProcessStartInfo(command[0], command[1..])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
