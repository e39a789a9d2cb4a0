using System.Text;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Http.Api;

/// <summary>Requests that are not as they should be: each is told what is wrong, and disturbs nothing.</summary>
public sealed class BadRequestTests : ApiTests
{
    public static TheoryData<string> BadJson =>
    [
        "", "{", "null", "[]", "\"x\"", "{\"body\":1}", "{\"body\":null}", "{\"body\":\"a\",\"body\":\"b\"}", "{\"body\":\"a\"} {}", "{\"body\":\"a\",}",
        "{\"body\":\"\\ud800\"}", "{\"\\ud800\":1,\"body\":\"a\"}", "{\"body\":\"a\",\"replyTo\":-1}", "{\"body\":\"a\",\"replyTo\":1.5}",
        "{\"body\":\"a\",\"replyTo\":99999999999999999999}", "{\"body\":\"a\",\"room\":\"lobby\"}", "{\"body\":\"a\",\"cid\":\"another\"}", "\uFEFF{\"body\":\"a\"}",
        "{\"x\":" + new string('[', 64) + new string(']', 64) + ",\"body\":\"a\"}",
    ];

    [Theory, MemberData(nameof(BadJson))]
    public async Task Json_that_says_nothing_clear_is_refused(string json)
    {
        (await SendAsync(Encoding.UTF8.GetBytes(json))).Refused(400, "bad_request");
        await UndisturbedAsync();
    }

    [Theory]
    [InlineData(new byte[] { (byte)'{', (byte)'"', (byte)'b', (byte)'o', (byte)'d', (byte)'y', (byte)'"', (byte)':', (byte)'"', 0xFF, (byte)'"', (byte)'}' })]
    [InlineData(new byte[] { 0xC3, 0x28 })]
    [InlineData(new byte[] { 0x1F, 0x8B, 0x08 })]
    public async Task Bytes_that_are_not_UTF8_are_refused(byte[] body)
    {
        (await SendAsync(body)).Refused(400, "bad_request");
        await UndisturbedAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task A_body_that_is_not_said_to_be_JSON_is_not_looked_at(string? contentType)
    {
        (await Ann.SendAsync(HttpMethod.Post, "/rooms/lobby/messages", "{\"body\":\"a\"}"u8.ToArray(), null, contentType)).Refused(415, "not_json");
        await UndisturbedAsync();
    }

    [Fact]
    public async Task JSON_may_name_its_charset_and_unknown_fields_and_parameters_are_passed_over()
    {
        (await Ann.SendAsync(HttpMethod.Post, "/rooms/lobby/messages?x=1", "{\"body\":\"a\",\"x\":{\"y\":[1]},\"x\":2}"u8.ToArray(), null, "application/json; charset=UTF-8")).Is(201);
        (await Ann.GetAsync("/rooms?x=1&list=mine")).Is(200);
    }

    [Fact]
    public async Task More_than_64_KiB_is_refused_whether_its_length_was_said_or_not()
    {
        var large = new byte[(64 * 1024) + 1];
        (await SendAsync(large)).Refused(413, "request_too_large");
        (await Ann.SendAsync(HttpMethod.Post, "/rooms/lobby/messages", large, null, "application/json", r => r.Headers.TransferEncodingChunked = true))
            .Refused(413, "request_too_large");
        (await Ann.PostAsync("/rooms/lobby/messages", new { body = new string('x', (16 * 1024) + 1) })).Refused(413, "body_too_large");
        await UndisturbedAsync();
    }

    [Theory]
    [InlineData("/rooms/lobby/messages?limit=0")]
    [InlineData("/rooms/lobby/messages?limit=201")]
    [InlineData("/rooms/lobby/messages?limit=x")]
    [InlineData("/rooms/lobby/messages?limit=1&limit=1")]
    [InlineData("/rooms/lobby/messages?before=-1")]
    [InlineData("/rooms/lobby/messages?before=1&after=1")]
    [InlineData("/rooms/lobby/messages?after=x")]
    [InlineData("/rooms/lobby/messages/x")]
    [InlineData("/rooms/lobby/members?after=5")]
    [InlineData("/rooms/lobby/events?wait=30001")]
    [InlineData("/rooms/lobby/events?after=99999999999999999999")]
    [InlineData("/rooms/lobby/events?limit=501")]
    [InlineData("/rooms?list=all")]
    [InlineData("/search")]
    [InlineData("/search?query=%FF")]
    public async Task Parameters_out_of_their_range_are_refused(string path) => (await Ann.GetAsync(path)).Refused(400, "bad_request");

    [Theory]
    [InlineData("/search?query=!!", 400, "bad_query")]
    [InlineData("/search?query=x&room=nowhere", 404, "no_such_room")]
    [InlineData("/rooms/nowhere/messages", 404, "no_such_room")]
    [InlineData("/rooms/%23nowhere", 404, "no_such_room")]
    [InlineData("/rooms/lobby/messages/9007199254740991", 404, "no_such_message")]
    [InlineData("/rooms/lobby/messages/1", 404, "no_such_message")]
    [InlineData("/rooms?after=00000000-0000-0000-0000-000000000001", 404, "no_such_room")]
    [InlineData("", 404, "no_such_path")]
    [InlineData("/nothing", 404, "no_such_path")]
    [InlineData("/../v2/rooms", 404, "no_such_path")]
    public async Task What_is_not_there_is_told_as_a_problem(string path, int status, string code) => (await Ann.GetAsync(path)).Refused(status, code);

    [Fact]
    public async Task A_method_that_an_address_has_not_names_those_that_it_has()
    {
        var answer = (await Ann.PutAsync("/rooms")).Refused(405, "method_not_allowed");
        Assert.Equal(["GET", "POST"], answer.ContentHeaders.Allow.Order());
        (await Ann.DeleteAsync("/tickets")).Refused(405, "method_not_allowed");
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task A_change_carries_a_client_id(string cid) =>
        (await Ann.PutAsync("/rooms/lobby/members/me", body: null, cid)).Refused(400, "bad_cid");

    [Fact]
    public async Task A_room_is_changed_one_thing_at_a_time()
    {
        (await Ann.PatchAsync("/rooms/lobby", new { })).Refused(400, "bad_request");
        (await Ann.PatchAsync("/rooms/lobby", new { title = "a", topic = "b" })).Refused(400, "bad_request");
        (await Ann.PatchAsync("/rooms/lobby", new { retention = 0 })).Refused(400, "bad_days");
        (await Ann.PatchAsync("/rooms/lobby", new { history = "some" })).Refused(400, "bad_request");
    }

    [Theory]
    [InlineData("%F0%9F%91%8D", "👍")]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("a%252Fb", "a%2Fb")]
    public async Task A_reaction_is_kept_as_it_was_written(string segment, string emoji)
    {
        var said = await Ann.SayAsync("x");
        (await Ann.PutAsync($"/rooms/lobby/messages/{said.Seq}/reactions/{segment}")).Is(200);
        var reaction = (await Ann.GetAsync($"/rooms/lobby/messages/{said.Seq}")).Body.GetProperty("message").GetProperty("reactions")[0];
        Assert.Equal((emoji, true), (reaction.GetProperty("emoji").GetString(), reaction.GetProperty("mine").GetBoolean()));
        (await Ann.DeleteAsync($"/rooms/lobby/messages/{said.Seq}/reactions/{segment}")).Is(200);
        Assert.False((await Ann.GetAsync($"/rooms/lobby/messages/{said.Seq}")).Body.GetProperty("message").TryGetProperty("reactions", out _));
    }

    [Fact]
    public async Task A_reaction_that_is_not_UTF8_or_too_long_is_refused()
    {
        var said = await Ann.SayAsync("x");
        // HttpClient would encode it again.
        var raw = await Server.RequestAsync(
            $"PUT /api/v1/rooms/lobby/messages/{said.Seq}/reactions/%FF HTTP/1.1\nHost: localhost\nAuthorization: Bearer {Ann.Bearer}\nIdempotency-Key: r\nContent-Length: 0\n\n");
        Assert.Equal((400, "application/problem+json"), (raw.Status, raw.Headers["Content-Type"]));
        (await Ann.PutAsync($"/rooms/lobby/messages/{said.Seq}/reactions/{new string('x', 33)}")).Refused(400, "bad_emoji");
    }

    [Fact]
    public async Task A_body_that_is_cut_off_changes_nothing()
    {
        using (var raw = await RawClient.ConnectAsync(Server.Port))
        {
            await raw.SendAsync($"POST /api/v1/rooms/lobby/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {Ann.Bearer}\r\n"
                + "Idempotency-Key: cut\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"body\":");
            raw.FinishSending();
            try
            {
                await raw.ReadToEndAsync();
            }
            catch (IOException)
            {
                // Reset: nothing more to say to one who hung up.
            }
        }
        await UndisturbedAsync();
    }

    private Task<ApiAnswer> SendAsync(byte[] body) => Ann.SendAsync(HttpMethod.Post, "/rooms/lobby/messages", body, null, "application/json");

    private async Task UndisturbedAsync()
    {
        Assert.Empty((await Ann.GetAsync("/rooms/lobby/messages")).List("messages"));
        await Ann.SayAsync("still here");
    }
}
