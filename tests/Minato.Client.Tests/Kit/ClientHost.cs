using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Client.Tests;

/// <summary>A client whose server, clock and chance are the test's.</summary>
internal sealed class ClientHost : IAsyncDisposable
{
    internal static readonly Guid Lobby = Guid.Parse("0197a3c0-0000-7000-8000-000000000001");
    internal static readonly Guid Den = Guid.Parse("0197a3c0-0000-7000-8000-000000000002");
    internal static readonly Guid Alice = Guid.Parse("0197a3c0-0000-7000-8000-0000000000a1");

    private readonly IAsyncEnumerator<Update> _updates;

    internal ClientHost(Func<ClientOptions, ClientOptions>? configure = null)
    {
        var options = new ClientOptions { Time = Time, Transport = Transport, Random = () => 0, Store = new MemoryClientStore() };
        Client = MinatoClient.Create(new Uri("http://127.0.0.1:1"), configure?.Invoke(options) ?? options);
        _updates = Client.ReadAsync().GetAsyncEnumerator();
    }

    internal ManualTime Time { get; } = new();

    internal MemoryTransport Transport { get; } = new();

    internal MinatoClient Client { get; }

    /// <summary>Takes the client's next connection and lets it in.</summary>
    /// <returns>And what the client said first.</returns>
    internal async Task<(MemoryConnection Server, JsonElement Hello)> WelcomeAsync(object? welcome = null)
    {
        Client.Start();
        var server = await Transport.AcceptAsync();
        var hello = await server.NextAsync("hello");
        server.Say(welcome ?? Welcome());
        return (server, hello);
    }

    /// <summary>Frames go out in the order in which they are said: what comes next is what is said now.</summary>
    internal Task SaysNothingAsync(MemoryConnection server)
    {
        Client.Typing(Lobby);
        return server.NextAsync("typing");
    }

    /// <summary>The next update of this kind; others are passed over.</summary>
    internal async Task<T> NextAsync<T>()
        where T : Update
    {
        while (await _updates.MoveNextAsync().AsTask().Within(typeof(T).Name))
            if (_updates.Current is T update)
                return update;
        throw new InvalidOperationException($"The updates ended before a {typeof(T).Name}.");
    }

    internal ValueTask<bool> MoveNextAsync() => _updates.MoveNextAsync();

    /// <summary>The next event's seq.</summary>
    internal async Task<long> NextSeqAsync() => (await NextAsync<Happened>()).Event.Seq;

    /// <summary>Lets time pass once the client waits for it to.</summary>
    internal async Task WaitOutAsync(TimeSpan time)
    {
        await Patience.Until(() => Client.Status == ClientStatus.Waiting && Time.Waiting > 0, "the client waits");
        Time.Advance(time);
    }

    internal static object Welcome(
        long head = 10, Guid? you = null, string? session = "s3cr3t", int inFlight = 64, int interval = 30_000, int timeout = 75_000, bool den = false) => new
        {
            op = "welcome",
            ver = 1,
            server = "minato/test",
            session = session ?? "s3cr3t",
            you = new { id = you, nick = "alice", guest = true },
            rooms = den ? new[] { Room(Lobby, "lobby", head), Room(Den, "den", 5) } : [Room(Lobby, "lobby", head)],
            limits = new { body = 16384, frame = 65536, nick = 64, slug = 64, title = 120, topic = 512, history = 200, inFlight },
            heartbeat = new { interval, timeout },
            capabilities = Array.Empty<string>(),
        };

    internal static object Room(Guid id, string slug, long head) =>
        new { id, kind = "public", slug, title = slug, topic = "", member = true, head, firstSeq = 1, posts = head, read = 0, unread = 0 };

    internal static object Post(long seq, string? body = null, Guid? room = null) => new
    {
        op = "ev",
        room = room ?? Lobby,
        seq,
        type = "post",
        ts = seq,
        from = new { id = Alice, nick = "alice" },
        post = seq,
        body = body ?? $"post {seq}",
    };

    internal static object React(long seq, long target) => new
    {
        op = "ev",
        room = Lobby,
        seq,
        type = "react",
        ts = seq,
        from = new { id = Alice, nick = "alice" },
        target,
        emoji = "👍",
        on = true,
    };

    internal static object Message(long seq, long? changed = null) => changed is null
        ? new { seq, post = seq, ts = seq, from = new { id = Alice, nick = "alice" }, body = $"post {seq}" }
        : new { seq, post = seq, ts = seq, from = new { id = Alice, nick = "alice" }, body = $"post {seq}", changed };

    internal static object Ok(JsonElement mutation, long seq) => new { op = "ok", cid = Cid(mutation), room = Lobby, seq, id = $"{Lobby}:{seq}", ts = seq };

    internal static object Error(JsonElement mutation, string code, long? retryAfter = null) => retryAfter is null
        ? new { op = "error", cid = Cid(mutation), code, message = "No." }
        : new { op = "error", cid = Cid(mutation), code, message = "Not now.", retryAfter };

    internal static string Cid(JsonElement frame) => frame.GetProperty("cid").GetString()!;

    internal static string Body(JsonElement frame) => frame.GetProperty("body").GetString()!;

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _updates.DisposeAsync();
    }
}
