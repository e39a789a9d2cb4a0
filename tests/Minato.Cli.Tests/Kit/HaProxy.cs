using System.Globalization;
using Minato.Sidecar;

namespace Minato.Tests.Kit;

/// <summary>A real HAProxy with the example's own configuration, before three nodes that run.</summary>
internal sealed class HaProxy : IAsyncDisposable
{
    /// <summary>Where Debian has it; in the PATH of root only.</summary>
    internal const string Program = "/usr/sbin/haproxy";

    /// <summary>As the example calls them.</summary>
    private static readonly string[] Names = ["node1", "node2", "node3"];

    private readonly PortLease[] _leases = [Sidecar.Port.Reserve(), Sidecar.Port.Reserve()];
    private readonly HttpClient _http = new();
    private readonly MinatoProcess _process;

    private HaProxy(IReadOnlyList<MinatoProcess> nodes) => _process = MinatoProcess.Through(
        "env",
        [$"CHAT=127.0.0.1:{Port}", $"STATS=127.0.0.1:{_leases[1].Port}", .. nodes.Zip(Names, (node, name) => $"{name.ToUpperInvariant()}=127.0.0.1:{node.Port}"),
        Program, "-db", "-f", Path.Combine(Repository.Root, "examples/cluster/haproxy.cfg")]);

    /// <summary>That of everybody.</summary>
    public int Port => _leases[0].Port;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    public static async Task<HaProxy> StartAsync(IReadOnlyList<MinatoProcess> nodes)
    {
        Need.That(File.Exists(Program), "haproxy is not installed");
        var balancer = new HaProxy(nodes);
        try
        {
            await Patience.Until(
                async () => balancer._process.HasExited ? throw new InvalidOperationException($"HAProxy did not start: {balancer._process.Stderr}") : await balancer.IsUpAsync(),
                "HAProxy has found every node");
            return balancer;
        }
        catch
        {
            await balancer.DisposeAsync();
            throw;
        }
    }

    /// <summary>What it knows of each node, in the order of their names.</summary>
    public async Task<IReadOnlyList<Node>> LookAsync()
    {
        var lines = (await _http.GetStringAsync($"http://127.0.0.1:{_leases[1].Port}/;csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var columns = lines[0].TrimStart('#', ' ').Split(',');
        var rows = lines.Skip(1).Select(line => columns.Zip(line.Split(',')).ToDictionary(c => c.First, c => c.Second)).ToList();
        return [.. Names.Select(name => Node.Of(rows.Single(row => row["svname"] == name)))];
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
        foreach (var lease in _leases)
            lease.Dispose();
    }

    private async Task<bool> IsUpAsync()
    {
        try
        {
            return (await LookAsync()).All(n => n is { IsUp: true, IsChecked: true });
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }

    /// <param name="IsUp">Whether new connections are sent there, as they are before it was looked at.</param>
    /// <param name="IsChecked">Whether it was ready at the last look.</param>
    /// <param name="Connections">Those that are there now.</param>
    /// <param name="Misses">Connections that could not be made there, whether another node took them or not.</param>
    internal sealed record Node(bool IsUp, bool IsChecked, long Connections, long Misses)
    {
        internal static Node Of(Dictionary<string, string> row) => new(
            row["status"].StartsWith("UP", StringComparison.Ordinal),
            row["check_status"] == "L7OK",
            Number(row["scur"]),
            Number(row["econ"]) + Number(row["wretr"]) + Number(row["wredis"]));

        private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }
}
