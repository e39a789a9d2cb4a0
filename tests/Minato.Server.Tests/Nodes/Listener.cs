using System.Net.WebSockets;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Nodes;

/// <summary>Somebody who hears what is said in the lobby, over a new connection where the old one was ended, from where they are: once, in order, and without a gap.</summary>
internal sealed class Listener : IDisposable
{
    private readonly RunningServer _server;
    private readonly string _session;
    private WsClient? _client;
    private long? _seq;

    private Listener(RunningServer server, WsClient client) => (_server, _client, _session) = (server, client, client.Session!);

    public static async Task<Listener> EnterAsync(RunningServer server, string nick) => new(server, await Cluster.PersonAsync(server, nick));

    /// <summary>Every post up to the one that says this.</summary>
    public async Task<List<(long Seq, string Body)>> HearAsync(string last)
    {
        var posts = new List<(long Seq, string Body)>();
        while (posts.Count == 0 || posts[^1].Body != last)
            try
            {
                _client ??= await ReturnAsync();
                var ev = await _client.NextAsync("ev");
                var seq = ev.GetProperty("seq").GetInt64();
                Assert.Equal(_seq + 1 ?? seq, seq);
                _seq = seq;
                if (ev.GetProperty("type").GetString() == "post")
                    posts.Add((seq, ev.GetProperty("body").GetString()!));
            }
            catch (Exception e) when (e is WebSocketException or InvalidOperationException)
            {
                _client?.Dispose();
                _client = null;
                await Task.Delay(100);
            }
        return posts;
    }

    public void Dispose() => _client?.Dispose();

    private async Task<WsClient> ReturnAsync()
    {
        var client = await Cluster.DeviceAsync(_server, _session, resume: new Dictionary<string, long> { ["#lobby"] = _seq ?? 0 });
        await client.NextAsync("resumed");
        return client;
    }
}
