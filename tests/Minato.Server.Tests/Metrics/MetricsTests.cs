using Minato.Server.Metrics;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Metrics;

public sealed class MetricsTests
{
    [Fact]
    public async Task What_happens_is_counted()
    {
        await using var server = await RunningServer.StartAsync();
        var before = await MetricsPage.GetAsync(server.Url);
        using var socket = await WsClient.ConnectAsync(server.Url);
        await socket.HelloAsync();
        await socket.PostedAsync("c1", "one");
        await socket.PostedAsync("c1", "one");
        using var line = await RawClient.ConnectAsync(server.Port);
        await line.SendAsync("two\r\n");
        await line.ExpectAsync("two");
        using var script = await ApiClient.GuestAsync(server.Url, "ann");
        await script.SayAsync("three");
        (await script.PatchAsync("/rooms/lobby/messages/2", new { body = "not mine" })).Refused(403, "forbidden");
        var after = await MetricsPage.GetAsync(server.Url);

        Assert.Equal(3, Grown("minato_posts_total"));
        Assert.Equal(1, Grown("minato_commands_total{outcome=\"repeated\"}"));
        Assert.Equal(1, Grown("minato_commands_total{outcome=\"forbidden\"}"));
        // Two guests and a visitor are made, and three messages said.
        Assert.Equal(6, Grown("minato_commands_total{outcome=\"done\"}"));
        Assert.Equal((1, 1), (after.Samples["minato_connections{protocol=\"websocket\"}"], after.Samples["minato_sessions{protocol=\"websocket\"}"]));
        Assert.Equal((1, 1), (after.Samples["minato_connections{protocol=\"lines\"}"], after.Samples["minato_sessions{protocol=\"lines\"}"]));
        Assert.Equal((1, 1), (Grown("minato_connections_total{protocol=\"websocket\"}"), Grown("minato_connections_total{protocol=\"lines\"}")));
        Assert.Equal(1, after.Samples["minato_live_rooms"]);
        Assert.Equal(1, Grown("minato_http_requests_total{status=\"4xx\"}"));
        Assert.True(Grown("minato_commit_seconds_count") >= 6);
        Assert.Equal(Grown("minato_commit_seconds_count"), Grown("minato_commit_batch_commands_count"));
        Assert.True(Grown("minato_commit_batch_commands_sum") >= 8);
        Assert.True(after.Samples["process_resident_memory_bytes"] > 1_000_000);
        Assert.Equal(1, after.Samples[$"minato_build_info{{version=\"{MinatoVersion.Number}\"}}"]);

        double Grown(string sample) => after.Samples[sample] - before.Samples[sample];
    }

    [Fact]
    public async Task A_connection_that_ends_is_not_there_any_more_and_one_that_is_silent_is_undecided()
    {
        await using var server = await RunningServer.StartAsync();
        using (var socket = await WsClient.ConnectAsync(server.Url))
        {
            await socket.HelloAsync();
            await socket.CloseAsync();
        }
        await Patience.Until(() => Now(server, "minato_connections{protocol=\"websocket\"}") == 0, "the socket is gone");
        using var silent = await RawClient.ConnectAsync(server.Port);
        await Patience.Until(() => Now(server, "minato_connections_undecided") == 1, "one is undecided");
        await silent.SendAsync([0x16, 0x03, 0x01]);
        await silent.ReadToEndAsync();
        await Patience.Until(() => Now(server, "minato_connections_refused_total") == 1, "TLS was refused");
    }

    [Fact]
    public async Task The_index_lags_until_it_has_taken_over_what_was_said()
    {
        await using var host = await ApiHost.StartAsync();
        using var ann = await host.GuestAsync("ann");
        await host.Host.Indexer.BringLevelAsync(CancellationToken.None);
        Assert.Equal(0, await MetricsPage.ValueAsync(host.Url, "minato_search_index_lag_events"));
        await ann.SayAsync("one");
        await ann.SayAsync("two");
        Assert.Equal(2, await MetricsPage.ValueAsync(host.Url, "minato_search_index_lag_events"));
        await host.Host.Indexer.BringLevelAsync(CancellationToken.None);
        Assert.Equal(0, await MetricsPage.ValueAsync(host.Url, "minato_search_index_lag_events"));
    }

    [Fact]
    public async Task To_others_than_this_machine_it_is_shown_by_its_token_only()
    {
        await using var server = await RunningServer.StartAsync(new MinatoOptions { Access = Access.Token, MetricsToken = "measure" });
        Assert.Equal(200, await StatusAsync());
        Assert.Equal(404, await StatusAsync("X-Forwarded-For: 192.0.2.1"));
        Assert.Equal(404, await StatusAsync("Via: 1.1 proxy"));
        Assert.Equal(404, await StatusAsync("Forwarded: for=127.0.0.1", "Authorization: Bearer guess"));
        Assert.Equal(200, await StatusAsync("Forwarded: for=127.0.0.1", "Authorization: Bearer measure"));

        async Task<int> StatusAsync(params string[] headers) =>
            (await server.RequestAsync(string.Join('\n', ["GET /metrics HTTP/1.1", "Host: localhost", .. headers, "", ""]))).Status;
    }

    [Theory]
    [InlineData("")]
    [InlineData("PROXY UNKNOWN\n")]
    [InlineData("PROXY TCP4 127.0.0.1 127.0.0.1 4711 8080\n")]
    public async Task A_trusted_proxy_on_this_machine_is_not_this_machine(string preamble)
    {
        await using var server = await RunningServer.StartAsync(new MinatoOptions { Access = Access.Token, TrustedProxies = [System.Net.IPNetwork.Parse("127.0.0.0/8")] });
        Assert.Equal(404, (await server.RequestAsync($"{preamble}GET /metrics HTTP/1.1\nHost: localhost\n\n")).Status);
    }

    [Fact]
    public async Task Who_connects_and_leaves_was_refused_nothing()
    {
        await using var server = await RunningServer.StartAsync();
        for (var i = 0; i < 3; i++)
            using (var client = await RawClient.ConnectAsync(server.Port))
            {
            }
        using (var tls = await RawClient.ConnectAsync(server.Port))
        {
            await tls.SendAsync("\x16\x03\x01");
            await Patience.Until(() => Now(server, "minato_connections_refused_total") > 0, "TLS was refused");
        }
        Assert.Equal(1, Now(server, "minato_connections_refused_total"));
    }

    [Fact]
    public void A_value_falls_into_the_first_bucket_that_holds_it()
    {
        var histogram = new Histogram(1, 2.5);
        foreach (var value in new[] { 0, 1, 1.5, 2.5, 2.6, 1e9 })
            histogram.Observe(value);
        Assert.Equal([2, 2, 2], histogram.Counts());
        var output = new ExpositionWriter();
        output.Histogram("minato_x", "Of \\ and\nmore.", histogram);
        var page = MetricsPage.Parse(output.ToString());
        Assert.Equal((2, 4, 6), (page.Samples["minato_x_bucket{le=\"1\"}"], page.Samples["minato_x_bucket{le=\"2.5\"}"], page.Samples["minato_x_bucket{le=\"+Inf\"}"]));
        Assert.Contains("# HELP minato_x Of \\\\ and\\nmore.\n", output.ToString());
    }

    [Fact]
    public void Labels_are_escaped()
    {
        var output = new ExpositionWriter();
        output.Gauges("minato_x", "X.", "name", [("a\"b\\c\nd", 1.5)]);
        Assert.Equal(1.5, MetricsPage.Parse(output.ToString()).Samples["minato_x{name=\"a\\\"b\\\\c\\nd\"}"]);
    }

    [Theory]
    [InlineData("# HELP a A.\n# TYPE a gauge\na 1")]
    [InlineData("a 1\n")]
    [InlineData("# HELP a A.\na 1\n")]
    [InlineData("# HELP a A.\n# TYPE a counter\na 1\n")]
    [InlineData("# HELP a A.\n# TYPE a gauge\na 1\na 1\n")]
    [InlineData("# HELP a A.\n# TYPE a gauge\nb 1\n")]
    [InlineData("# HELP a A.\n# TYPE a gauge\na{x=\"\"\"} 1\n")]
    [InlineData("# HELP a A.\n# TYPE a gauge\na one\n")]
    [InlineData("# HELP a A.\n# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 1\n")]
    [InlineData("# HELP a A.\n# TYPE a histogram\na_bucket{le=\"1\"} 1\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 2\n")]
    public void The_reader_of_the_format_refuses_what_a_scraper_would(string text) => Assert.Throws<FormatException>(() => MetricsPage.Parse(text));

    private static double Now(RunningServer server, string sample) => MetricsPage.ValueAsync(server.Url, sample).GetAwaiter().GetResult();
}
