using Minato.Tests.Kit;

namespace Minato.Server.Tests.Http.Api;

/// <summary>A change that is sent again, whatever way, gets the first answer and happens once.</summary>
public sealed class OnceTests : ApiTests
{
    [Fact]
    public async Task Over_HTTP_and_WebSocket_the_same_id_is_the_same_change()
    {
        using var socket = await WsClient.ConnectAsync(Server.Url);
        await socket.HelloAsync(session: Ann.Bearer);
        var first = await Ann.SayAsync("over HTTP", cid: "one");
        var again = await socket.PostedAsync("one", "over HTTP");
        Assert.Equal(first.Seq, again.GetProperty("seq").GetInt64());
        Assert.Equal(first.Text("id"), again.GetProperty("id").GetString());

        var second = await socket.PostedAsync("two", "over WebSocket");
        var repeated = await Ann.SayAsync("over WebSocket", cid: "two");
        Assert.Equal(second.GetProperty("seq").GetInt64(), repeated.Seq);
        Assert.Equal(second.GetProperty("ts").GetInt64(), repeated.Number("ts"));
        Assert.Equal(["over HTTP", "over WebSocket"], (await Ann.GetAsync("/rooms/lobby/messages")).Bodies());
    }

    [Fact]
    public async Task The_id_may_stand_in_the_header_in_quotes_or_in_the_body()
    {
        var first = await Ann.SayAsync("x", cid: "one");
        Assert.Equal(first.Seq, (await Ann.SayAsync("x", cid: "\"one\"")).Seq);
        Assert.Equal(first.Seq, (await Ann.PostAsync("/rooms/lobby/messages", new { body = "x", cid = "one" }, cid: "")).Is(201).Seq);
        (await Ann.PostAsync("/rooms/lobby/messages", new { body = "x", cid = "one" }, cid: "one")).Refused(400, "bad_request");
    }

    [Fact]
    public async Task The_same_id_for_something_else_is_a_conflict_and_another_persons_is_another_id()
    {
        await Ann.SayAsync("x", cid: "one");
        (await Ann.PutAsync("/rooms/lobby/members/me", cid: "one")).Refused(409, "cid_conflict");
        using var ben = await ApiClient.GuestAsync(Server.Url, "ben");
        Assert.NotEqual((await Ann.SayAsync("x", cid: "one")).Seq, (await ben.SayAsync("x", cid: "one")).Seq);
    }

    [Fact]
    public async Task Every_change_that_is_sent_again_gets_its_first_answer()
    {
        var room = (await Ann.PostAsync("/rooms", new { slug = "dev" }, "create")).Is(201);
        Assert.Equal(room.Seq, (await Ann.PostAsync("/rooms", new { slug = "dev" }, "create")).Is(201).Seq);
        Assert.Equal("/api/v1/rooms/" + room.Text("room"), (await Ann.PostAsync("/rooms", new { slug = "dev" }, "create")).Headers.Location!.OriginalString);
        var said = await Ann.SayAsync("x", "dev");
        var message = $"/rooms/dev/messages/{said.Seq}";
        var changes = new (HttpMethod Method, string Path, object? Body)[]
        {
            (HttpMethod.Patch, message, new { body = "y" }), (HttpMethod.Put, message + "/reactions/x", null), (HttpMethod.Delete, message + "/reactions/x", null),
            (HttpMethod.Put, message + "/pin", null), (HttpMethod.Delete, message + "/pin", null), (HttpMethod.Patch, "/rooms/dev", new { title = "Dev" }),
            (HttpMethod.Delete, message, null), (HttpMethod.Patch, "/rooms/dev", new { archived = true }),
        };
        foreach (var (i, change) in changes.Index())
        {
            var first = (await Ann.SendAsync(change.Method, change.Path, change.Body, $"again-{i}")).Is(200);
            Assert.Equal(first.Seq, (await Ann.SendAsync(change.Method, change.Path, change.Body, $"again-{i}")).Is(200).Seq);
        }
        var events = (await Ann.GetAsync("/rooms/dev/events?after=0")).List("events");
        Assert.Equal(Enumerable.Range(1, events.Length), events.Select(e => e.GetProperty("seq").GetInt32()));
        Assert.Equal(["create", "post", "edit", "react", "react", "pin", "pin", "title", "delete", "archive"], events.Select(e => e.GetProperty("type").GetString()));
    }

    /// <summary>Whoever hangs up before the answer does not know; asked again it is there once.</summary>
    [Fact]
    public async Task An_answer_that_was_lost_is_had_by_asking_again()
    {
        for (var i = 0; i < 20; i++)
        {
            var json = $$"""{"body":"lost {{i}}"}""";
            using (var raw = await RawClient.ConnectAsync(Server.Port))
            {
                await raw.SendAsync($"POST /api/v1/rooms/lobby/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Ann.Bearer}\r\n"
                    + $"Idempotency-Key: lost-{i}\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}");
                raw.Reset();
            }
            await Ann.SayAsync($"lost {i}", cid: $"lost-{i}");
        }
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"lost {i}"), (await Ann.GetAsync("/rooms/lobby/messages")).Bodies());
    }

    [Fact]
    public async Task Many_who_send_the_same_at_once_get_the_same_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Ann.SayAsync("x", cid: "one")));
        Assert.Single(answers.Select(a => a.Seq).Distinct());
        Assert.Single((await Ann.GetAsync("/rooms/lobby/messages")).List("messages"));
    }
}
