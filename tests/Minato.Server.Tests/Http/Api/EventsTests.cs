using Minato.Server.Rooms;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Http.Api;

/// <summary>Following a room by asking: nothing twice, nothing missing, and a request that hangs until there is something.</summary>
public sealed class EventsTests : IAsyncLifetime
{
    private ApiHost _host = null!;
    private ApiClient _ann = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync(rateLimits: false);
        _ann = await _host.GuestAsync("ann");
    }

    public async ValueTask DisposeAsync()
    {
        _ann.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Page_by_page_the_log_is_the_log()
    {
        for (var i = 0; i < 10; i++)
            await _ann.SayAsync($"{i}");
        var bodies = new List<string>();
        for (var (after, isMore) = (0L, true); isMore;)
        {
            var page = (await _ann.GetAsync($"/rooms/lobby/events?after={after}&limit=3")).Is(200);
            isMore = page.Text("answer") == "partial";
            Assert.Equal(isMore, page.Number("next") < page.Number("head"));
            bodies.AddRange(page.Bodies("events"));
            after = page.Number("next");
        }
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), bodies);
    }

    [Fact]
    public async Task Long_bodies_make_shorter_pages_without_a_gap()
    {
        for (var i = 0; i < 40; i++)
            await _ann.SayAsync(new string('x', 16 * 1024));
        var page = (await _ann.GetAsync("/rooms/lobby/events?after=0&limit=500")).Is(200);
        Assert.Equal("partial", page.Text("answer"));
        Assert.InRange(page.List("events").Length, 8, 39);
        Assert.Equal(page.List("events")[^1].GetProperty("seq").GetInt64(), page.Number("next"));
    }

    [Fact]
    public async Task An_event_says_the_same_over_WebSocket()
    {
        using var socket = await _host.Host.WelcomeAsync();
        await _ann.SayAsync("hello 港");
        var live = await socket.PostEventAsync("hello 港");
        var asked = (await _ann.GetAsync("/rooms/lobby/events?after=1")).List("events")[0];
        Assert.Equal(live.EnumerateObject().Where(p => p.Name != "op").Select(p => $"{p}"), asked.EnumerateObject().Select(p => $"{p}"));

        var history = await socket.AskAsync(new { op = "history", rid = "h", room = "#lobby" }, "h");
        Assert.Equal($"{history.GetProperty("messages")}", $"{(await _ann.GetAsync("/rooms/lobby/messages")).Body.GetProperty("messages")}");
    }

    [Fact]
    public async Task Without_after_it_goes_on_from_now()
    {
        await _ann.SayAsync("before");
        var now = (await _ann.GetAsync("/rooms/lobby/events")).Is(200);
        Assert.Equal(("resumed", 0), (now.Text("answer"), now.List("events").Length));
        Assert.Equal(now.Number("head"), now.Number("next"));
    }

    [Fact]
    public async Task Who_holds_more_than_the_server_or_may_not_see_all_between_is_told_to_load_the_room()
    {
        Assert.Equal("ahead", (await _ann.GetAsync("/rooms/lobby/events?after=99")).Is(200).Text("reason"));
        (await _ann.PostAsync("/rooms", new { slug = "own", kind = "private" })).Is(201);
        await _ann.SayAsync("before ben", "own");
        using var ben = await _host.GuestAsync("ben");
        (await ben.GetAsync("/rooms/own/events?after=0")).Refused(404, "no_such_room");
        (await _ann.PutAsync("/rooms/own/invitations/ben")).Is(200);
        var joined = await ben.JoinAsync("own");
        var reset = (await ben.GetAsync("/rooms/own/events?after=0")).Is(200);
        Assert.Equal(("reset", "trimmed", joined.Seq), (reset.Text("answer"), reset.Text("reason"), reset.Number("next")));
        Assert.Equal("join", (await ben.GetAsync($"/rooms/own/events?after={joined.Seq - 1}")).List("events").Single().GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_wait_ends_as_soon_as_there_is_something_for_everybody_who_waits()
    {
        using var others = new ApiClient(_host.Url);
        var waits = Enumerable.Range(0, 20).Select(_ => others.GetAsync("/rooms/lobby/events?after=1&wait=30000")).ToList();
        await Patience.Until(() => _host.Context.Rooms.Waiters.Waiting == 20, "twenty wait");
        await _ann.SayAsync("at last");
        foreach (var answer in await Task.WhenAll(waits))
            Assert.Equal(["at last"], answer.Is(200).Bodies("events"));
        Assert.Equal(0, _host.Context.Rooms.Waiters.Waiting);
    }

    [Fact]
    public async Task What_is_there_already_is_not_waited_for_and_another_rooms_news_end_no_wait()
    {
        await _ann.SayAsync("there");
        Assert.Equal(["there"], (await _ann.GetAsync("/rooms/lobby/events?after=1&wait=30000")).Bodies("events"));
        (await _ann.PostAsync("/rooms", new { slug = "dev" })).Is(201);
        var wait = _ann.GetAsync("/rooms/lobby/events?wait=30000");
        await Patience.Until(() => _host.Context.Rooms.Waiters.Waiting == 1, "one waits");
        await _ann.SayAsync("elsewhere", "dev");
        Assert.False(wait.IsCompleted);
        _host.Host.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Empty((await wait).Is(200).List("events"));
        Assert.Equal(0, _host.Context.Rooms.Waiters.Waiting);
    }

    [Fact]
    public async Task Who_is_made_to_leave_while_waiting_is_told_nothing_more()
    {
        using var ben = await _host.GuestAsync("ben");
        (await _ann.PostAsync("/rooms", new { slug = "own", kind = "private" })).Is(201);
        (await _ann.PutAsync("/rooms/own/invitations/ben")).Is(200);
        await ben.JoinAsync("own");
        var wait = ben.GetAsync("/rooms/own/events?wait=30000");
        await Patience.Until(() => _host.Context.Rooms.Waiters.Waiting == 1, "ben waits");
        (await _ann.DeleteAsync("/rooms/own/members/ben")).Is(200);
        (await wait).Refused(404, "no_such_room");
    }

    [Fact]
    public async Task Who_hangs_up_while_waiting_is_forgotten()
    {
        using var cancel = new CancellationTokenSource();
        var wait = _ann.SendAsync(HttpMethod.Get, "/rooms/lobby/events?wait=30000", null, null, null, cancel: cancel.Token);
        await Patience.Until(() => _host.Context.Rooms.Waiters.Waiting == 1, "one waits");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        await Patience.Until(() => _host.Context.Rooms.Waiters.Waiting == 0, "nobody waits");
    }

    [Fact]
    public async Task So_many_may_wait_and_no_more()
    {
        var lobby = Assert.Single((await _ann.GetAsync("/rooms")).List("rooms")).GetProperty("id").GetGuid();
        var room = (await _host.Context.Store.FindRoomAsync(lobby, CancellationToken.None))!;
        for (var i = 0; i < RoomWaiters.Max; i++)
            Assert.True(_host.Context.Rooms.Waiters.TryEnter(room.Id, out _));
        (await _ann.GetAsync("/rooms/lobby/events?wait=1000")).Refused(503, "busy");
        (await _ann.GetAsync("/rooms/lobby/events")).Is(200);
    }

    [Fact]
    public async Task A_server_that_stops_ends_every_wait_at_once()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = new ApiClient(server.Url);
        var wait = client.GetAsync("/rooms/lobby/events?wait=30000");
        // Nothing shows from outside that the request hangs: one that comes after it is answered after it began.
        await Patience.Until(() => MetricsPage.ValueAsync(server.Url, "minato_event_waits").GetAwaiter().GetResult() == 1, "it waits");
        await server.DisposeAsync().AsTask().Within("the server's end");
        // A request that is cut off at the end of the drain has no answer.
        Assert.Equal("resumed", (await wait).Is(200).Text("answer"));
    }
}
