using System.Globalization;

namespace Minato.Load.Nodes;

/// <summary>Several servers on one PostgreSQL beside one: posts, latency, what idle ones ask, and how soon others take over.</summary>
internal static class SeveralNodes
{
    internal static async Task<int> RunAsync(NodesOptions options)
    {
        try
        {
            using var postgres = await DatabaseServer.OpenAsync(options.Postgres);
            var (version, load) = (await postgres.VersionAsync(), Load());
            Progress.Say($"PostgreSQL {version} serves");
            var tables = new List<string>();
            foreach (var part in NodesOptions.Parts.Where(options.Only.Contains))
                tables.Add(await RunAsync(part, options, postgres));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {version}, nodes and clients on the same {Environment.ProcessorCount} cores; load {load} before and {Load()} after"));
            foreach (var table in tables)
                Console.WriteLine($"\n{table}");
            return 0;
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static Task<string> RunAsync(string part, NodesOptions options, DatabaseServer postgres) => part switch
    {
        "posts" => Posts.RunAsync(options, postgres),
        "latency" => Latency.RunAsync(options, postgres),
        "idle" => IdleNodes.RunAsync(options, postgres),
        _ => Killed.RunAsync(options, postgres),
    };

    /// <summary>Who wants a core, over the last minute.</summary>
    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
