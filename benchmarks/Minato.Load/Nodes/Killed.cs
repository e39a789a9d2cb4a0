using System.Diagnostics;
using System.Globalization;
using Minato.Load.Storms;

namespace Minato.Load.Nodes;

/// <summary>How soon thousands are in step again whose server was killed: at another node, and at the same one, on SQLite, started again.</summary>
internal static class Killed
{
    private const int Rooms = 20;

    /// <summary>Before it is killed: what coming in has left to do is done, and a try to come back counts as the first.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(11);

    internal static async Task<string> RunAsync(NodesOptions options, DatabaseServer postgres)
    {
        var rows = new[] { await AtAnotherAsync(options, postgres), await AtTheSameAsync(options) };
        return $"""
            {options.Clients} members of {Rooms} rooms, in each of which somebody talks, whose server is killed (kill -9); from that moment until they are in step

            | | in step | p50 | p99 | all | came twice or out of order | told to load anew |
            |---|---|---|---|---|---|---|
            {string.Join('\n', rows)}
            """;
    }

    /// <summary>They know at once where to go, as if a balancer had noticed.</summary>
    private static async Task<string> AtAnotherAsync(NodesOptions options, DatabaseServer postgres)
    {
        await using var cluster = await Cluster.StartAsync(postgres, nodes: 2);
        await using var crowd = await GatherAsync(options, cluster.Nodes[0]);
        crowd.TurnTo(cluster.Nodes[1].Port);
        return await LoseAsync("PostgreSQL, at another node", options, crowd, cluster.Nodes[0].KillAsync);
    }

    private static async Task<string> AtTheSameAsync(NodesOptions options)
    {
        var data = Directory.CreateTempSubdirectory("minato-nodes-");
        var server = await ServerProcess.StartAsync(data.FullName);
        try
        {
            await using var crowd = await GatherAsync(options, server);
            return await LoseAsync("SQLite, at the same server, started again", options, crowd, async () =>
            {
                var port = server.Port;
                await server.KillAsync();
                server.Dispose();
                server = await ServerProcess.StartAsync(data.FullName, port);
            });
        }
        finally
        {
            await server.KillAsync();
            server.Dispose();
            data.Delete(recursive: true);
        }
    }

    private static async Task<Crowd> GatherAsync(NodesOptions options, ServerProcess server)
    {
        var crowd = new Crowd(options.Clients, Rooms, server.Port);
        await Entrance.MakeRoomsAsync(server.Port, [.. crowd.Slugs]);
        await crowd.GatherAsync();
        Progress.Say($"killed: {options.Clients} members are in");
        crowd.StartTalking();
        await Task.Delay(Calm);
        return crowd;
    }

    private static async Task<string> LoseAsync(string name, NodesOptions options, Crowd crowd, Func<Task> lose)
    {
        crowd.Expect();
        var lostAt = Stopwatch.GetTimestamp();
        await lose();
        await crowd.AwaitBackAsync();
        var back = crowd.BackSince(lostAt);
        Progress.Say($"killed, {name}: {back.Count} of {options.Clients} in step; p50 {back.P50:N2} s, p99 {back.P99:N2} s, all {back.Max:N2} s; wrong {crowd.Wrong}, told to load anew {crowd.Resets}");
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {back.Count} of {options.Clients} | {back.P50:N2} s | {back.P99:N2} s | {back.Max:N2} s | {crowd.Wrong} | {crowd.Resets} |");
    }
}
