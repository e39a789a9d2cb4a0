using Minato.Core.Storage;

namespace Minato.Server.Tests.Http.Api;

/// <summary>What a script and a balancer are told while the store does not take anything.</summary>
public sealed class StorageTroubleTests
{
    [Theory]
    [InlineData(true, 507, "storage_full", "full")]
    [InlineData(false, 503, "storage_away", "away")]
    public async Task A_store_that_takes_nothing_is_said_to_who_writes_and_to_who_asks_whether_it_is_ready(bool isFull, int status, string code, string word)
    {
        await using var host = await ApiHost.StartAsync(rateLimits: false);
        using var ann = await host.GuestAsync("ann");
        host.Readiness.Start();
        Assert.Equal((200, "ready\n"), await ReadyAsync(host));
        host.Host.Store.BeforeCommit = () => throw (isFull ? new StoreFullException("full") : (Exception)new StoreAwayException("away"));
        Assert.Equal(2000, (await ann.PostAsync("/rooms/lobby/messages", new { body = "x" }, "one")).Refused(status, code).Number("retryAfter"));
        Assert.Equal((503, word + "\n"), await ReadyAsync(host));
        (await ann.GetAsync("/rooms/lobby/messages")).Is(200);

        host.Host.Store.BeforeCommit = () => Task.CompletedTask;
        await ann.SayAsync("x", cid: "one");
        Assert.Equal((200, "ready\n"), await ReadyAsync(host));
        Assert.Single((await ann.GetAsync("/rooms/lobby/messages")).List("messages"));
    }

    /// <summary>A server that is sent nothing because it said so must not say so for ever.</summary>
    [Fact]
    public async Task Where_nobody_tries_it_is_ready_again_after_a_while()
    {
        await using var host = await ApiHost.StartAsync(rateLimits: false);
        using var ann = await host.GuestAsync("ann");
        host.Readiness.Start();
        host.Host.Store.BeforeCommit = () => throw new StoreFullException("full");
        (await ann.PostAsync("/rooms/lobby/messages", new { body = "x" })).Refused(507, "storage_full");
        host.Host.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal((503, "full\n"), await ReadyAsync(host));
        host.Host.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((200, "ready\n"), await ReadyAsync(host));
    }

    [Fact]
    public async Task A_failed_store_is_said_to_be_failed_and_what_was_asked_not_to_be_known()
    {
        await using var host = await ApiHost.StartAsync(rateLimits: false);
        using var ann = await host.GuestAsync("ann");
        host.Readiness.Start();
        host.Host.Store.BeforeCommit = () => throw new StoreFailedException("fsync");
        (await ann.PostAsync("/rooms/lobby/messages", new { body = "x" })).Refused(500, "storage_failed");
        Assert.Equal((503, "failed\n"), await ReadyAsync(host));
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_to_who_reads_and_a_mistake_of_the_servers_own_is_told_too()
    {
        await using var host = await ApiHost.StartAsync(rateLimits: false);
        using var ann = new ApiClient(host.Url);
        host.Host.Store.BeforeStanding = () => throw new StoreAwayException("away");
        (await ann.GetAsync("/rooms/lobby/messages")).Refused(503, "storage_away");
        host.Host.Store.BeforeStanding = () => throw new InvalidOperationException("a bug");
        (await ann.GetAsync("/rooms/lobby/messages")).Refused(500, "internal");
    }

    [Fact]
    public async Task Before_it_has_started_and_while_it_stops_it_is_not_ready()
    {
        await using var host = await ApiHost.StartAsync();
        Assert.Equal((503, "starting\n"), await ReadyAsync(host));
        host.Readiness.Start();
        Assert.Equal((200, "ready\n"), await ReadyAsync(host));
        await host.Context.Sessions.DrainAsync();
        Assert.Equal((503, "draining\n"), await ReadyAsync(host));
    }

    private static async Task<(int, string)> ReadyAsync(ApiHost host)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(host.Url + "/readyz");
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
