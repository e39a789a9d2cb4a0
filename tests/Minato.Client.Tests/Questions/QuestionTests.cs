using Minato.Tests.Kit;
using static Minato.Client.Tests.ClientHost;

namespace Minato.Client.Tests.Questions;

public sealed class QuestionTests
{
    [Fact]
    public async Task A_question_is_answered_by_its_own_answer()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        var (who, rooms) = (host.Client.WhoAsync("#lobby"), host.Client.DirectoryAsync());
        var (first, second) = (await server.NextAsync("who"), await server.NextAsync("rooms"));
        server.Say(
            new { op = "rooms", rid = Rid(second), rooms = new[] { Room(Den, "den", 3) } },
            new { op = "who", rid = Rid(first), room = Lobby, here = Array.Empty<object>(), count = 7 });
        Assert.Equal(7, (await who.Within("who")).Count);
        Assert.Equal(Den, Assert.Single((await rooms.Within("rooms")).Rooms).Id);
    }

    [Fact]
    public async Task It_is_asked_again_on_the_next_connection()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        var asking = host.Client.WhoAsync("#lobby");
        await server.NextAsync("who");
        server.Close();
        var (again, _) = await host.WelcomeAsync();
        again.Say(new { op = "who", rid = Rid(await again.NextAsync("who")), room = Lobby, here = Array.Empty<object>(), count = 7 });
        await asking.Within("who");
    }

    [Fact]
    public async Task Too_fast_is_asked_again_later_and_no_is_no()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        await host.NextAsync<Welcomed>();
        var asking = host.Client.HistoryAsync("#lobby");
        var first = await server.NextAsync("history");
        var timers = host.Time.Waiting;
        server.Say(new { op = "error", rid = Rid(first), code = "rate_limited", message = "Too fast.", retryAfter = 200 });
        await Patience.Until(() => host.Time.Waiting > timers, "the wait begins");
        host.Time.Advance(TimeSpan.FromMilliseconds(200));
        server.Say(new { op = "error", rid = Rid(await server.NextAsync("history")), code = "no_such_room", message = "No." });
        Assert.Equal("no_such_room", (await Assert.ThrowsAsync<RefusedException>(() => asking.Within("the refusal"))).Code);
    }

    [Fact]
    public async Task It_waits_as_long_as_it_was_told_and_no_longer()
    {
        await using var host = new ClientHost(o => o with { QuestionTimeout = TimeSpan.FromSeconds(5) });
        var (server, _) = await host.WelcomeAsync();
        await host.NextAsync<Welcomed>();
        var asking = host.Client.MentionsAsync();
        await server.NextAsync("mentions");
        host.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(asking.IsCompleted);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<TimeoutException>(() => asking);
    }

    [Fact]
    public async Task Read_positions_are_coalesced_and_told_again_after_a_reconnect()
    {
        await using var host = new ClientHost();
        host.Client.MarkRead(Lobby, 3);
        host.Client.MarkRead(Lobby, 7);
        host.Client.MarkRead(Lobby, 5);
        var (server, _) = await host.WelcomeAsync();
        Assert.Equal(7, (await server.NextAsync("read")).GetProperty("seq").GetInt64());
        host.Client.MarkRead(Lobby, 8);
        host.Client.MarkRead(Lobby, 9);
        await host.SaysNothingAsync(server);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(9, (await server.NextAsync("read")).GetProperty("seq").GetInt64());
    }

    private static string Rid(System.Text.Json.JsonElement frame) => frame.GetProperty("rid").GetString()!;
}
