using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

public sealed class ReindexTests
{
    [Fact]
    public async Task The_index_is_built_anew_while_people_search_or_at_the_next_start()
    {
        using var folder = new TempFolder();
        await using (var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", folder["data"], "--no-rate-limits"))
        {
            using var alice = await WsClient.ConnectAsync(server.Url);
            await alice.HelloAsync();
            for (var i = 0; i < 50; i++)
                await alice.PostedAsync($"c{i}", $"港 {i}");
            Assert.Equal((0, "The search index is whole.\n", ""), await MinatoProcess.RunAsync("reindex", "--data", folder["data"]));
            var found = await FindAsync(alice);
            Assert.True(found.GetProperty("complete").GetBoolean());
            Assert.Equal("港 7", found.GetProperty("results")[0].GetProperty("message").GetProperty("body").GetString());
            server.Terminate();
            await server.EndsWithAsync(0);
            EndTests.AssertNoTrouble(server);
        }
        Assert.Equal((0, "No server runs here: the next one builds the search index.\n", ""), await MinatoProcess.RunAsync("reindex", "--data", folder["data"]));
        Assert.False(File.Exists(folder["data/search.db"]));
        await using var next = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", folder["data"]);
        using var bob = await WsClient.ConnectAsync(next.Url);
        await bob.HelloAsync();
        await Patience.Until(() => FindAsync(bob).Result.GetProperty("results").GetArrayLength() == 1, "the index is there again");

        static Task<System.Text.Json.JsonElement> FindAsync(WsClient client) => client.AskAsync(new { op = "search", rid = "s", query = "\"港 7\"" }, "s");
    }

    [Fact]
    public async Task Without_data_it_says_so()
    {
        using var folder = new TempFolder();
        var (code, _, stderr) = await MinatoProcess.RunAsync("reindex", "--data", folder["nowhere"]);
        Assert.Equal(1, code);
        Assert.Contains("There is no Minato data in", stderr);
        Assert.False(Directory.Exists(folder["nowhere"]));
    }
}
