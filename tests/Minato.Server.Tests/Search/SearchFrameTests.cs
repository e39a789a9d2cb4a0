using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Search;

/// <summary>As a client sees it.</summary>
public sealed class SearchFrameTests : IAsyncDisposable
{
    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_search_is_answered_with_rooms_messages_and_snippets_newest_first()
    {
        using var alice = await _host.WelcomeAsync();
        await alice.PostedAsync("c1", "昨日は東京へ");
        await alice.AskAsync(new { op = "create", cid = "c2", slug = "dev" }, "c2");
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await alice.PostedAsync("c3", "東京 again", "#dev");
        await _host.Indexer.BringLevelAsync(default);

        using var bob = await _host.WelcomeAsync();
        var answer = await bob.AskAsync(new { op = "search", rid = "s1", query = "東京" }, "s1");
        Assert.Equal(("search", true), (WsClient.Op(answer), answer.GetProperty("complete").GetBoolean()));
        Assert.False(answer.TryGetProperty("next", out _));
        Assert.Equal(["東京 again", "昨日は東京へ"], Bodies(answer));
        Assert.Equal(["dev", "lobby"], answer.GetProperty("rooms").EnumerateArray().Select(r => r.GetProperty("slug").GetString()));
        var result = answer.GetProperty("results")[1];
        Assert.Equal(answer.GetProperty("rooms")[1].GetProperty("id").GetString(), result.GetProperty("room").GetString());
        Assert.Equal("""[{"text":"昨日は"},{"text":"東京","hit":true},{"text":"へ"}]""", result.GetProperty("snippet").GetRawText());

        var one = await bob.AskAsync(new { op = "search", rid = "s2", query = "東京", limit = 1 }, "s2");
        Assert.Equal(["東京 again"], Bodies(one));
        Assert.Equal(["昨日は東京へ"], Bodies(await bob.AskAsync(new { op = "search", rid = "s3", query = "東京", before = one.GetProperty("next").GetInt64() }, "s3")));
        Assert.Equal(["昨日は東京へ"], Bodies(await bob.AskAsync(new { op = "search", rid = "s4", query = "東京", room = "#lobby" }, "s4")));
    }

    [Fact]
    public async Task Until_the_index_is_built_an_answer_says_that_it_is_not_all()
    {
        using var alice = await _host.WelcomeAsync();
        await alice.PostedAsync("c1", "東京");
        var answer = await alice.AskAsync(new { op = "search", rid = "s1", query = "東京" }, "s1");
        Assert.False(answer.GetProperty("complete").GetBoolean());
        Assert.Empty(Bodies(answer));
    }

    [Theory]
    [InlineData("""{"op":"search","rid":"s1","query":"!?"}""", "bad_query")]
    [InlineData("""{"op":"search","rid":"s1","query":""}""", "bad_query")]
    [InlineData("""{"op":"search","rid":"s1","query":"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17"}""", "bad_query")]
    [InlineData("""{"op":"search","rid":"s1","query":"x","room":"#nowhere"}""", "no_such_room")]
    [InlineData("""{"op":"search","rid":"s1","query":"x","room":"#den"}""", "no_such_room")]
    [InlineData("""{"op":"search","rid":"s1"}""", "bad_frame")]
    public async Task What_cannot_be_searched_is_refused_by_its_code(string frame, string code)
    {
        using var alice = await _host.WelcomeAsync();
        await alice.AskAsync(new { op = "create", cid = "c1", kind = "private", slug = "den" }, "c1");
        using var bob = await _host.WelcomeAsync();
        await bob.SendTextAsync(frame);
        Assert.Equal(code, (await bob.AnswerAsync("s1")).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Searches_have_a_pace_of_their_own()
    {
        using var client = await _host.WelcomeAsync();
        for (var i = 0; i < 20; i++)
            Assert.Equal("search", WsClient.Op(await client.AskAsync(new { op = "search", rid = $"s{i}", query = "x" }, $"s{i}")));
        var refused = await client.AskAsync(new { op = "search", rid = "s20", query = "x" }, "s20");
        Assert.Equal(("rate_limited", 500), (refused.GetProperty("code").GetString(), refused.GetProperty("retryAfter").GetInt64()));
        await client.PostedAsync("c1", "posting goes on");
        _host.Clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal("search", WsClient.Op(await client.AskAsync(new { op = "search", rid = "s21", query = "x" }, "s21")));
    }

    [Fact]
    public async Task A_whole_server_finds_what_was_just_said_and_after_its_search_db_was_spoilt()
    {
        using var folder = new TempFolder();
        var options = new MinatoOptions { Address = RunningServer.AnyPort, Data = folder.Path, RateLimits = false };
        for (var round = 1; round <= 3; round++)
        {
            await using (var server = new MinatoServer(options))
            {
                await server.StartAsync();
                using var client = await WsClient.ConnectAsync(server.Ready.Url);
                await client.HelloAsync();
                await client.PostedAsync($"c{round}", $"東京 {round}");
                while ((await client.AskAsync(new { op = "search", rid = "s", query = "東京" }, "s")).GetProperty("results").GetArrayLength() < round)
                {
                    // The index is a moment behind, or is being built.
                }
            }
            if (round == 1)
                File.Delete(folder["search.db"]);
            else
                await File.WriteAllTextAsync(folder["search.db"], new string('?', 9_999));
        }
    }

    private static IEnumerable<string?> Bodies(JsonElement answer) =>
        answer.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("message").GetProperty("body").GetString());
}
