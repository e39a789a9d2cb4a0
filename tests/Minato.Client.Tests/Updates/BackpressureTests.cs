using Minato.Tests.Kit;
using static Minato.Client.Tests.ClientHost;

namespace Minato.Client.Tests.Updates;

public sealed class BackpressureTests
{
    [Fact]
    public async Task Who_stops_reading_makes_the_client_stop_reading()
    {
        await using var host = new ClientHost(o => o with { MaxUpdates = 4 });
        var (server, _) = await host.WelcomeAsync();
        await host.NextAsync<Welcomed>();
        server.Say([.. Enumerable.Range(11, 100).Select(seq => Post(seq))]);
        await Patience.Until(() => server.Read >= 5, "the stream is full");
        Assert.InRange(server.Read, 5, 8);
        for (var seq = 11; seq <= 110; seq++)
            Assert.Equal(seq, await host.NextSeqAsync());
    }

    [Fact]
    public async Task Who_writes_while_much_waits_to_be_read_is_answered_and_misses_nothing()
    {
        await using var host = new ClientHost(o => o with { MaxUpdates = 4 });
        var (server, _) = await host.WelcomeAsync();
        await host.NextAsync<Welcomed>();
        server.Say([.. Enumerable.Range(11, 10).Select(seq => Post(seq))]);
        Assert.Equal(11, await host.NextSeqAsync());
        var echo = host.Client.SendAsync(Lobby, "echo");
        server.Say(Ok(await server.NextAsync("send"), 21));
        await echo.Within("the answer, behind events that nobody reads");
        var reading = ReadUpToAsync(host, 21);
        await server.Closed;
        var (again, hello) = await host.WelcomeAsync(Welcome(head: 21));
        var last = hello.GetProperty("resume").GetProperty("rooms").GetProperty(Lobby.ToString()).GetInt64();
        Assert.InRange(last, 14, 16);
        for (var seq = last + 1; seq <= 21; seq++)
            again.Say(Post(seq));
        Assert.Equal(Enumerable.Range(12, 10).Select(seq => (long)seq), await reading);
    }

    [Fact]
    public async Task A_full_stream_keeps_nobody_from_writing_over_a_reconnect()
    {
        await using var host = new ClientHost(o => o with { MaxUpdates = 2 });
        var (server, _) = await host.WelcomeAsync();
        server.Say(Post(11), Post(12), Post(13));
        await Patience.Until(() => server.Read >= 2, "the stream is full");
        server.Close(4008);
        Assert.Equal(1, host.Transport.Attempts);
        // Whoever waits for an answer is worth reading, and reconnecting, whatever else is thrown away.
        var sending = host.Client.SendAsync(Lobby, "hi");
        var (again, _) = await host.WelcomeAsync(Welcome(head: 13));
        again.Say(Ok(await again.NextAsync("send"), 14));
        await sending.Within("ok");
    }

    [Fact]
    public async Task Cursors_are_those_of_what_was_read_and_not_of_what_waits()
    {
        using var store = new MemoryClientStore();
        await using (var host = new ClientHost(o => o with { Store = store }))
        {
            var (server, _) = await host.WelcomeAsync();
            server.Say(Post(11), Post(12), Post(13));
            Assert.Equal(11, await host.NextSeqAsync());
            Assert.Equal(12, await host.NextSeqAsync());
            await Patience.Until(() => server.Read == 4, "the third waits");
        }
        Assert.Equal(11, store.Load().Cursors[Lobby]);
    }

    [Fact]
    public async Task A_second_reader_is_told_that_there_is_one()
    {
        await using var host = new ClientHost();
        var first = host.MoveNextAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await host.Client.ReadAsync().GetAsyncEnumerator().MoveNextAsync());
        await host.WelcomeAsync();
        Assert.True(await first.AsTask().Within("the first reader's update"));
    }

    private static async Task<List<long>> ReadUpToAsync(ClientHost host, long end)
    {
        var told = new List<long>();
        do
            told.Add(await host.NextSeqAsync());
        while (told[^1] < end);
        return told;
    }
}
