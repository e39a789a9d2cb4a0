using Minato.Cli.Tests.Torture;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>Three nodes on one PostgreSQL behind a real HAProxy, as examples/cluster has it configured and docs/guides/cluster.md tells.</summary>
public sealed class BalancerTests(PostgresServer database) : IAsyncLifetime
{
    private const int Senders = 6;

    /// <summary>Between two messages of one sender: two cores are to have time for looking after the nodes.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly TempFolder _folder = new();
    private readonly List<MinatoProcess> _nodes = [];
    private Func<int, Task<MinatoProcess>> _start = null!;
    private HaProxy _balancer = null!;

    public async ValueTask InitializeAsync()
    {
        var connection = database.NewDatabase();
        _start = i => MinatoProcess.ServeAsync(
            "127.0.0.1:0", "--postgres", connection, "--data", _folder[$"node{i}"],
            "--trusted-proxy", "127.0.0.1", "--access", "guests", "--shutdown-delay", "5s", "--no-rate-limits");
        _nodes.AddRange(await Task.WhenAll(_start(1), _start(2), _start(3)));
        _balancer = await HaProxy.StartAsync(_nodes);
    }

    public async ValueTask DisposeAsync()
    {
        if (_balancer is not null)
            await _balancer.DisposeAsync();
        foreach (var node in _nodes)
            await node.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_protocol_comes_by_one_port_with_its_clients_address_and_meets_all_others_on_whatever_node()
    {
        var pages = new List<WsClient>();
        var terminals = new List<RawClient>();
        try
        {
            await Patience.Until(
                async () =>
                {
                    pages.Add(await WsClient.ConnectAsync(_balancer.Url));
                    await pages[^1].HelloAsync();
                    return (await _balancer.LookAsync()).All(n => n.Connections > 0);
                },
                "every node has somebody");

            terminals.Add(await RawClient.ConnectAsync(_balancer.Port));
            await terminals[0].SendAsync("/nick aoi\nfrom a terminal\n");
            terminals.Add(await RawClient.ConnectAsync(_balancer.Port));
            await terminals[1].SendAsync("NICK ken\r\nUSER ken 0 * :Ken\r\nJOIN #lobby\r\n");
            await terminals[1].ExpectAsync(" 366 ");
            await terminals[1].SendAsync("PRIVMSG #lobby :over IRC\r\n");
            Assert.Equal("ok", WsClient.Op(await pages[0].PostedAsync("p", "from a page")));
            foreach (var page in pages)
                foreach (var body in new[] { "from a terminal", "over IRC", "from a page" })
                    await page.PostEventAsync(body);
            foreach (var client in terminals)
                await Patience.Until(() => _nodes.Exists(n => n.Stderr.Contains($"Peer address: {client.LocalEndPoint} (by the proxy 127.0.0.1:", StringComparison.Ordinal)), "some node knows where a client is");

            using var http = new HttpClient();
            Assert.Contains("over IRC", await http.GetStringAsync($"{_balancer.Url}/api/v1/rooms/lobby/messages"));
        }
        finally
        {
            pages.ForEach(p => p.Dispose());
            terminals.ForEach(t => t.Dispose());
        }
    }

    [Fact]
    public async Task Whoever_is_on_a_node_that_stops_or_is_killed_goes_on_at_another_and_who_comes_meanwhile_is_not_refused()
    {
        var senders = Enumerable.Range(0, Senders).Select(i => new Sender(i, new Random(i), Pause)).ToList();
        using var stop = new CancellationTokenSource();
        var acks = new int[Senders];
        var pouring = senders.Select((s, i) => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await s.PourAsync(_balancer.Url, () => Interlocked.Increment(ref acks[i]), stop.Token);
        })).ToList();
        Task EverybodyGoesOn(string when)
        {
            var before = acks.Select(a => a + 20).ToArray();
            return Patience.Until(() => acks.Zip(before).All(a => a.First >= a.Second), $"everybody's messages are acknowledged {when}");
        }
        await EverybodyGoesOn("at first");
        var first = await BusiestAsync();
        using (var enough = new CancellationTokenSource())
        {
            var coming = Task.Run(() => ComeAndGoAsync(enough.Token));
            _nodes[first].Terminate();
            await Patience.Until(async () => !(await _balancer.LookAsync())[first].IsUp, "the balancer sends nobody to who is about to stop");
            await _nodes[first].EndsWithAsync(0);
            EndTests.AssertNoTrouble(_nodes[first]);
            await EverybodyGoesOn("without the node that stopped");
            await enough.CancelAsync();
            Assert.True(await coming.Within("those who come and go") > 0);
        }
        Assert.All(await _balancer.LookAsync(), n => Assert.Equal(0, n.Misses));

        var second = await BusiestAsync();
        _nodes[second].Kill9();
        await _nodes[second].WaitExitAsync();
        await EverybodyGoesOn("without the node that was killed");

        await stop.CancelAsync();
        _nodes[3 - first - second].Kill9();
        await Task.WhenAll(pouring).Within("the senders to stop");
        _nodes.Add(await _start(4));
        await AssertNothingLostOrDoubledAsync(senders, _nodes[^1].Url);
        senders.ForEach(s => s.Dispose());
    }

    /// <summary>The node that has the most connections. It has some.</summary>
    private async Task<int> BusiestAsync()
    {
        var (index, node) = (await _balancer.LookAsync()).Index().MaxBy(n => n.Item.Connections);
        Assert.True(node.Connections > 0, "Nobody is connected.");
        return index;
    }

    /// <summary>Strangers, one after the other. One who is refused, or cut off before their answer, is an error.</summary>
    /// <returns>How many were welcomed.</returns>
    private async Task<int> ComeAndGoAsync(CancellationToken enough)
    {
        var came = 0;
        for (; !enough.IsCancellationRequested; came++)
        {
            using var page = await WsClient.ConnectAsync(_balancer.Url);
            await page.HelloAsync();
            using var terminal = await RawClient.ConnectAsync(_balancer.Port);
            await terminal.SendAsync("/rooms\n");
            await terminal.ExpectAsync("#lobby");
        }
        return came;
    }

    private static async Task AssertNothingLostOrDoubledAsync(List<Sender> senders, string url)
    {
        foreach (var sender in senders)
            await sender.SettleAsync(url);
        var record = new RoomRecord { History = await KillTests.HistoryAsync(url) };
        foreach (var sender in senders)
        {
            Assert.Null(sender.Complaint);
            foreach (var (cid, body) in sender.Sent)
                record.Sent.Add(cid, body);
            record.Acks.AddRange(sender.Acks);
            record.Readers.Add(sender.Name, sender.Runs);
        }
        Assert.Null(record.FirstViolation());
        Assert.Equal(record.Sent.Count, record.History.Count);
    }
}
