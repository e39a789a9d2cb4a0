using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Client.Tests.Behaviour;

/// <summary>The lobby as somebody reads and writes it who has nothing in common with the clients that are tested.</summary>
internal sealed class RoomLog : IDisposable
{
    private readonly WsClient _client;
    private int _count;

    private RoomLog(WsClient client, JsonElement lobby) => (_client, Lobby, Head) = (client, lobby.GetProperty("id").GetString()!, lobby.GetProperty("head").GetInt64());

    internal string Lobby { get; }

    /// <summary>The newest seq when it was opened.</summary>
    internal long Head { get; }

    internal static async Task<RoomLog> OpenAsync(string url)
    {
        var client = await WsClient.ConnectAsync(url);
        var welcome = await client.HelloAsync();
        return new RoomLog(client, welcome.GetProperty("rooms").EnumerateArray().Single(r => r.TryGetProperty("slug", out var slug) && slug.GetString() == "lobby"));
    }

    /// <summary>Posts, and waits until all are on disk.</summary>
    internal async Task PostAsync(int count, string body)
    {
        var cids = new Queue<string>();
        for (var i = 0; i < count; i++)
        {
            if (cids.Count == 50)
                await SavedAsync(cids.Dequeue());
            var cid = $"elsewhere-{Guid.NewGuid():N}";
            cids.Enqueue(cid);
            await _client.PostAsync(cid, $"{body} {_count++}");
        }
        while (cids.TryDequeue(out var cid))
            await SavedAsync(cid);
    }

    internal async Task JoinAsync()
    {
        await _client.SendAsync(new { op = "join", cid = $"join-{Guid.NewGuid():N}", room = Lobby });
        await _client.NextAsync("ok");
    }

    /// <summary>All posts after this seq, and the newest seq.</summary>
    internal static async Task<(long Head, List<LoggedPost> Posts)> ReadAsync(string url, long since)
    {
        using var log = await OpenAsync(url);
        var posts = new List<LoggedPost>();
        for (var after = since; ;)
        {
            var page = await log._client.AskAsync(new { op = "history", rid = "log", room = log.Lobby, after, limit = 200 }, "log");
            foreach (var message in page.GetProperty("messages").EnumerateArray())
                posts.Add(new LoggedPost(
                    after = message.GetProperty("seq").GetInt64(), message.TryGetProperty("body", out var body) ? body.GetString() : null,
                    message.GetProperty("from").GetProperty("id").GetString()!));
            if (!page.GetProperty("more").GetBoolean())
                return (page.GetProperty("head").GetInt64(), posts);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task SavedAsync(string cid) => Assert.Equal("ok", WsClient.Op(await _client.AnswerAsync(cid)));
}

/// <param name="Author">The user's id.</param>
internal sealed record LoggedPost(long Seq, string? Body, string Author);
