using System.Text.Json;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Server.Rooms;
using Minato.Server.Sessions;
using Minato.Server.Sessions.WebSocket;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions;

/// <summary>What another server says of how far one has read is heard beside the log, before or behind what belongs to it: to the client it only moves forward.</summary>
public sealed class ToldReadsTests : IAsyncDisposable
{
    private readonly SessionHost _host = new(rateLimits: false);
    private readonly Turn _turn = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_position_in_a_room_that_the_client_is_not_in_yet_is_told_with_the_room()
    {
        using var alice = await _host.PersonAsync("alice");
        var lobby = await LobbyAsync();
        Tell(lobby, 1000);
        await alice.AskAsync(new { op = "join", cid = "j", room = "#lobby" }, "j");
        Assert.Equal(["room 1000 0"], await ToldAsync(alice));
    }

    [Fact]
    public async Task One_that_is_older_than_what_was_told_is_not_told()
    {
        using var alice = await _host.PersonAsync("alice");
        await alice.AskAsync(new { op = "join", cid = "j", room = "#lobby" }, "j");
        await alice.NextAsync("room");
        var lobby = await LobbyAsync();
        foreach (var seq in new[] { 5, 9, 7, 9, 10 })
            Tell(lobby, seq);
        Assert.Equal(["read 5 0", "read 9 0", "read 9 0", "read 10 0"], await ToldAsync(alice));
    }

    [Fact]
    public async Task A_room_that_is_said_anew_is_read_as_far_as_it_was()
    {
        using var alice = await _host.PersonAsync("alice");
        await alice.AskAsync(new { op = "join", cid = "j", room = "#lobby" }, "j");
        var joined = (await alice.NextAsync("room")).GetProperty("room").GetProperty("head").GetInt64();
        var lobby = await LobbyAsync();
        var own = (await alice.PostedAsync("1", "own")).GetProperty("seq").GetInt64();
        await alice.PostEventAsync("own");
        Turn(session => session.OnReadMoved(new ReadMoved(session.You!.Id, lobby, own, 1, 0), _turn));
        // As one that came with the news of a welcome, or by another server's word.
        Turn(session => session.OnEntered(new Logged(lobby, joined, 0, new Joined(lobby.Id, joined, 0, session.You!)) { Entered = [session.You!], EnteredAtPost = 0 }, _turn));
        Assert.Equal([$"read {own} 0", $"room {own} 0"], await ToldAsync(alice));
    }

    [Theory]
    [InlineData(9, -2, 0)]
    [InlineData(5, 0, 0)]
    [InlineData(3, 2, 2)]
    public async Task Nothing_is_unread_where_one_has_read_farther_than_what_is_here(long read, long unread, long told)
    {
        var view = new ToldReads().AsTold(new RoomView(await LobbyAsync(), new RoomHead { Seq = 5, PostNo = 5 }, IsMember: true, read, unread));
        Assert.Equal((read, told), (view.ReadSeq, view.Unread));
    }

    private void Tell(Room lobby, long seq) => Turn(session => session.OnReadMoved(new ReadMoved(session.You!.Id, lobby, seq, seq, 0), _turn));

    private void Turn(Action<Session> tell)
    {
        _turn.Begin();
        tell(Assert.Single(_host.Context.Sessions.All));
        _turn.End();
    }

    private async Task<Room> LobbyAsync() => (await _host.Store.FindRoomAsync("lobby", TestContext.Current.CancellationToken))!;

    /// <summary>Read positions and what is unread, up to now.</summary>
    private static async Task<List<string>> ToldAsync(WsClient client)
    {
        await client.SendAsync(new { op = "who", rid = "end", room = "#lobby" });
        var told = new List<string>();
        while (await client.ReceiveAsync() is { } frame && WsClient.Op(frame) is not "who" and var op)
            if (op is "room" or "read")
                told.Add(Text(op, op == "room" ? frame.GetProperty("room") : frame));
        return told;
    }

    private static string Text(string op, JsonElement of) => $"{op} {of.GetProperty(op == "room" ? "read" : "seq").GetInt64()} {of.GetProperty("unread").GetInt64()}";
}
