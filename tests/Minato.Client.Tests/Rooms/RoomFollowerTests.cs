using System.Text.Json;
using Minato.Wire.WebSocket.Frames;
using static Minato.Client.Tests.ClientHost;

namespace Minato.Client.Tests.Rooms;

public sealed class RoomFollowerTests
{
    [Fact]
    public async Task Events_are_told_in_order_and_once()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        server.Say(Post(11), Post(11), Post(9), Post(12), Post(10), Post(13));
        Assert.Equal("11 12 13", await SeqsAsync(host, 3));
    }

    [Fact]
    public async Task A_gap_makes_it_resume_from_the_last_event_told()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        server.Say(Post(11), Post(13));
        await server.Closed;
        var (again, hello) = await host.WelcomeAsync(Welcome(head: 13));
        Assert.Equal(11, Cursor(hello));
        again.Say(new { op = "resumed", room = Lobby, head = 13 }, Post(12), Post(13));
        Assert.Equal("11 12 13", await SeqsAsync(host, 3));
    }

    [Fact]
    public async Task What_cannot_be_read_or_is_not_known_is_passed_over_and_an_unknown_event_advances()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        server.Say("not json", """{"op":"dance"}""", """{"op":"ok"}""", JsonSerializer.Serialize(Post(11)).Replace("\"post\"", "\"dance\"", StringComparison.Ordinal), Post(12));
        Assert.IsType<UnknownEvent>((await host.NextAsync<Happened>()).Event);
        Assert.Equal(12, await host.NextSeqAsync());
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_a_gap()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        server.Say(JsonSerializer.Serialize(Post(11)).Replace("\"body\"", "\"text\"", StringComparison.Ordinal), Post(12));
        await server.Closed;
        Assert.Equal(10, Cursor((await host.WelcomeAsync()).Hello));
    }

    [Fact]
    public async Task Partial_is_filled_from_history_page_by_page_before_what_follows_it()
    {
        await using var host = new ClientHost();
        var (server, _) = await ReturnAsync(host, head: 16);
        server.Say(new { op = "partial", room = Lobby, from = 15, head = 16 }, Post(15), Post(16));
        var first = await server.NextAsync("history");
        Assert.Equal((10, 200), (first.GetProperty("after").GetInt64(), first.GetProperty("limit").GetInt64()));
        server.Say(Page(first, 16, more: true, Message(11), Message(12)));
        var second = await server.NextAsync("history");
        Assert.Equal(12, second.GetProperty("after").GetInt64());
        server.Say(Page(second, 16, more: false, Message(13), Message(14), Message(15), Message(16)), Post(17));
        var told = (await host.NextAsync<Repaired>(), await host.NextAsync<Repaired>());
        Assert.Equal((10, 12, "11 12"), (told.Item1.After, told.Item1.UpTo, Seqs(told.Item1)));
        Assert.Equal((12, 14, "13 14"), (told.Item2.After, told.Item2.UpTo, Seqs(told.Item2)));
        Assert.Equal("15 16 17", await SeqsAsync(host, 3));
    }

    [Fact]
    public async Task Several_holes_are_filled_one_after_the_other_and_other_rooms_go_on()
    {
        await using var host = new ClientHost();
        await host.WelcomeAsync(Welcome(den: true)).ContinueWith(t => t.Result.Server.Close(), TaskScheduler.Default);
        await host.NextAsync<Welcomed>();
        var (server, _) = await host.WelcomeAsync(Welcome(head: 20, den: true));
        server.Say(new { op = "partial", room = Lobby, from = 20, head = 20 }, new { op = "partial", room = Den, from = 9, head = 9 }, Post(20), Post(9, room: Den));
        var first = await server.NextAsync("history");
        await host.SaysNothingAsync(server);
        server.Say(Page(first, 20, more: false, Message(11)));
        var second = await server.NextAsync("history");
        Assert.Equal(Den.ToString(), second.GetProperty("room").GetString());
        server.Say(Page(second, 9, more: false));
        Assert.Equal([(Lobby, 20), (Den, 9)], new[] { await PlaceAsync(host), await PlaceAsync(host) });
    }

    [Fact]
    public async Task What_a_repaired_message_has_in_it_already_is_not_told_again()
    {
        await using var host = new ClientHost();
        var (server, _) = await ReturnAsync(host, head: 16);
        server.Say(new { op = "partial", room = Lobby, from = 15, head = 16 }, React(15, target: 12), React(16, target: 3));
        server.Say(Page(await server.NextAsync("history"), 16, more: false, Message(12, changed: 15)), React(17, target: 12));
        Assert.Equal(15, Assert.Single((await host.NextAsync<Repaired>()).Messages).Changed);
        Assert.Equal("16 17", await SeqsAsync(host, 2));
    }

    [Fact]
    public async Task A_hole_that_may_not_be_filled_is_a_room_to_forget()
    {
        await using var host = new ClientHost();
        var (server, _) = await ReturnAsync(host, head: 16);
        server.Say(new { op = "partial", room = Lobby, from = 15, head = 16 }, Post(15));
        var asked = await server.NextAsync("history");
        server.Say(new { op = "error", rid = asked.GetProperty("rid").GetString(), code = "no_such_room", message = "No." }, Post(17));
        Assert.Equal(new RoomReset(Lobby, "unknown", 16), await host.NextAsync<RoomReset>());
        Assert.Equal(17, await host.NextSeqAsync());
    }

    [Theory]
    [InlineData("ahead")]
    [InlineData("trimmed")]
    public async Task Reset_says_what_to_forget_and_events_go_on_from_the_head(string reason)
    {
        await using var host = new ClientHost();
        var (server, _) = await ReturnAsync(host, head: 4);
        server.Say(new { op = "reset", room = Lobby, reason }, Post(5));
        Assert.Equal(new RoomReset(Lobby, reason, 4), await host.NextAsync<RoomReset>());
        Assert.Equal(5, await host.NextSeqAsync());
    }

    [Fact]
    public async Task A_room_that_is_not_there_any_more_is_not_resumed_again()
    {
        await using var host = new ClientHost();
        await host.WelcomeAsync(Welcome(den: true)).ContinueWith(t => t.Result.Server.Close(), TaskScheduler.Default);
        await host.NextAsync<Welcomed>();
        var (server, hello) = await host.WelcomeAsync();
        Assert.Equal(5, Cursor(hello, Den));
        server.Say(new { op = "reset", room = Den, reason = "unknown" });
        Assert.Equal(new RoomReset(Den, "unknown", null), await host.NextAsync<RoomReset>());
        server.Close();
        Assert.Null(Cursor((await host.WelcomeAsync()).Hello, Den));
    }

    [Fact]
    public async Task A_room_entered_is_followed_from_its_head_and_one_left_is_not()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        server.Say(Post(6, room: Den), new { op = "room", room = Room(Den, "den", 7) }, Post(8, room: Den));
        Assert.Equal(7, (await host.NextAsync<RoomEntered>()).Room.Head);
        Assert.Equal((Den, 8), await PlaceAsync(host));
        Assert.Contains(Den, host.Client.Rooms);
        server.Say(new { op = "gone", room = Den }, Post(9, room: Den), Post(11));
        await host.NextAsync<RoomLeft>();
        Assert.Equal((Lobby, 11), await PlaceAsync(host));
        Assert.DoesNotContain(Den, host.Client.Rooms);
        server.Close();
        Assert.Null(Cursor((await host.WelcomeAsync()).Hello, Den));
    }

    /// <summary>A client that has seen up to 10 and comes back.</summary>
    private static async Task<(MemoryConnection Server, JsonElement Hello)> ReturnAsync(ClientHost host, long head)
    {
        var (server, _) = await host.WelcomeAsync();
        await host.NextAsync<Welcomed>();
        server.Close();
        return await host.WelcomeAsync(Welcome(head));
    }

    private static async Task<string> SeqsAsync(ClientHost host, int count)
    {
        var seqs = new long[count];
        for (var i = 0; i < count; i++)
            seqs[i] = await host.NextSeqAsync();
        return string.Join(' ', seqs);
    }

    private static async Task<(Guid, long)> PlaceAsync(ClientHost host) => (await host.NextAsync<Happened>()).Event is var ev ? (ev.Room, ev.Seq) : default;

    private static string Seqs(Repaired repaired) => string.Join(' ', repaired.Messages.Select(m => m.Seq));

    private static object Page(JsonElement question, long head, bool more, params object[] messages) => new
    {
        op = "history",
        rid = question.GetProperty("rid").GetString(),
        room = question.GetProperty("room").GetString(),
        head,
        more,
        messages,
    };

    private static long? Cursor(JsonElement hello, Guid? room = null) =>
        hello.TryGetProperty("resume", out var resume) && resume.GetProperty("rooms").TryGetProperty((room ?? Lobby).ToString(), out var seq) ? seq.GetInt64() : null;
}
