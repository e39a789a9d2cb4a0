using System.Net.WebSockets;
using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Nodes;

/// <summary>Somebody who says everything until it is acknowledged, as the protocol asks: under its client id again after an error that passes, and over a new connection.</summary>
internal sealed class Persistent : IDisposable
{
    private static readonly string[] Passing = ["storage_away", "storage_full", "busy"];

    private readonly RunningServer _server;
    private readonly string _session;
    private WsClient? _client;

    private Persistent(RunningServer server, WsClient client) => (_server, _client, _session) = (server, client, client.Session!);

    /// <summary>What was acknowledged, in order.</summary>
    public List<(long Seq, string Body)> Acknowledged { get; } = [];

    public static async Task<Persistent> EnterAsync(RunningServer server, string nick) => new(server, await Cluster.PersonAsync(server, nick));

    /// <summary>Says one thing after the other.</summary>
    public async Task SayAsync(string name, Func<int, bool> goesOn)
    {
        for (var i = 0; goesOn(i); i++)
            await SayAsync($"{name}-{i}");
    }

    public async Task<long> SayAsync(string body)
    {
        while (true)
            try
            {
                _client ??= await Cluster.DeviceAsync(_server, _session);
                var answer = await _client.PostedAsync(body, body);
                if (WsClient.Op(answer) == "ok")
                {
                    var seq = answer.GetProperty("seq").GetInt64();
                    lock (Acknowledged)
                        Acknowledged.Add((seq, body));
                    return seq;
                }
                AssertPasses(answer);
                await Task.Delay(100);
            }
            catch (Exception e) when (e is WebSocketException or InvalidOperationException)
            {
                _client?.Dispose();
                _client = null;
                await Task.Delay(100);
            }
    }

    public static void AssertPasses(JsonElement answer)
    {
        Assert.Equal("error", WsClient.Op(answer));
        Assert.Contains(answer.GetProperty("code").GetString(), Passing);
        Assert.True(answer.GetProperty("retryAfter").GetInt32() > 0);
    }

    public void Dispose() => _client?.Dispose();
}
