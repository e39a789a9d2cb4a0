using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions;

/// <summary>Frames that are made to hurt: each is answered by its error, and neither its sender's next frame nor anybody else notices.</summary>
public sealed class HostileFramesTests : IAsyncDisposable
{
    private const string Deep = """{"op":"ping","x":""";

    private readonly SessionHost _host = new(rateLimits: false);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public static TheoryData<string, string, string?> Texts => new()
    {
        { new string('[', 65_536), "bad_frame", null },
        { Deep + new string('[', 65_000), "bad_frame", null },
        { Deep + string.Concat(Enumerable.Repeat("""{"a":""", 10_000)), "bad_frame", null },
        { """{"op":"send","cid":"x","room":"#lobby","body":""" + "\"" + new string('\\', 60_000) + "\"}", "body_too_large", "x" },
        { """{"op":"send","cid":"x","room":"#lobby","body":"a\u0000b"}""", "bad_body", "x" },
        { """{"op":"send","cid":"x","room":"#lobby","body":"\ud800"}""", "bad_frame", "x" },
        { """{"op":"send","body":"\udfff","room":"#lobby","cid":"x"}""", "bad_frame", "x" },
        { """{"op":"send","cid":"x","room":"#lobby","body":"y","body":"z"}""", "bad_frame", "x" },
        { """{"op":"edit","cid":"x","room":"#lobby","seq":1e400,"body":"z"}""", "bad_frame", "x" },
        { """{"op":"edit","cid":"x","room":"#lobby","seq":9007199254740991,"body":"z"}""", "no_such_message", "x" },
        { """{"op":"send","cid":"x","room":"#lobby","replyTo":9007199254740991,"body":"z"}""", "no_such_message", "x" },
        { """{"op":"react","cid":"x","room":"#lobby","seq":0,"emoji":"👍"}""", "no_such_message", "x" },
        { """{"op":"retention","cid":"x","room":"#lobby","days":9007199254740991}""", "bad_days", "x" },
        { """{"op":"nick","cid":"x","nick":"NAME"}""".Replace("NAME", new string('港', 20_000)), "bad_nick", "x" },
        { """{"op":"create","cid":"x","slug":"s","title":"TITLE"}""".Replace("TITLE", new string('t', 60_000)), "bad_title", "x" },
        { """{"op":"direct","cid":"x","user":"USER"}""".Replace("USER", new string('u', 60_000)), "no_such_user", "x" },
        { """{"op":"join","cid":"x","room":"#ROOM"}""".Replace("ROOM", new string('r', 60_000)), "no_such_room", "x" },
        { """{"op":"search","rid":"x","query":"WORDS"}""".Replace("WORDS", string.Join(' ', Enumerable.Repeat("ab", 20_000))), "bad_query", "x" },
        { """{"op":"dance","rid":"x"}""", "unknown_op", "x" },
        { """["op","ping"]""", "bad_frame", null },
        { "\uFEFF{\"op\":\"ping\"}", "bad_frame", null },
        { """{"op":"ping"} {"op":"ping"}""", "bad_frame", null },
        { """{"op":"hello","ver":1}""", "bad_frame", null },
        { "", "bad_frame", null },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Each_is_told_what_was_wrong_and_goes_on(string text, string code, string? id)
    {
        using var hostile = await _host.WelcomeAsync();
        using var other = await _host.WelcomeAsync();
        await hostile.SendTextAsync(text);
        var error = await hostile.NextAsync("error");
        Assert.Equal((code, id), (error.GetProperty("code").GetString(), Id(error)));
        await hostile.SendAsync(new { op = "ping" });
        await hostile.NextAsync("pong");
        await other.PostedAsync("c1", "undisturbed");
        await hostile.PostEventAsync("undisturbed");
    }

    /// <summary>The ends of what a number may be, where they meet the store's own arithmetic.</summary>
    [Theory]
    [InlineData("""{"op":"history","rid":"x","room":"#lobby","before":N}""")]
    [InlineData("""{"op":"history","rid":"x","room":"#lobby","after":N}""")]
    [InlineData("""{"op":"history","rid":"x","room":"#lobby","around":N}""")]
    [InlineData("""{"op":"history","rid":"x","room":"#lobby","thread":N,"around":N}""")]
    [InlineData("""{"op":"search","rid":"x","query":"undisturbed","before":N}""")]
    public async Task The_largest_and_the_smallest_number_are_answered(string text)
    {
        using var client = await _host.WelcomeAsync();
        await client.PostedAsync("c1", "undisturbed");
        foreach (var number in new[] { "0", "1", "9007199254740991" })
        {
            await client.SendTextAsync(text.Replace("N", number));
            Assert.Contains(WsClient.Op(await client.AnswerAsync("x")), (string[])["history", "search"]);
        }
        await client.SendTextAsync("""{"op":"read","room":"#lobby","seq":9007199254740991}""");
        await client.SendTextAsync("""{"op":"read","room":"#lobby","seq":0}""");
        Assert.Equal("ok", WsClient.Op(await client.PostedAsync("c2", "still here")));
    }

    [Fact]
    public async Task Seven_thousand_unknown_fields_are_passed_over()
    {
        using var client = await _host.WelcomeAsync();
        await client.SendTextAsync($$"""{{{string.Join(',', Enumerable.Range(0, 7_000).Select(i => $"\"{i}\":1"))}},"op":"ping"}""");
        await client.NextAsync("pong");
    }

    private static string? Id(System.Text.Json.JsonElement error) =>
        error.TryGetProperty("cid", out var cid) ? cid.GetString() : error.TryGetProperty("rid", out var rid) ? rid.GetString() : null;
}
