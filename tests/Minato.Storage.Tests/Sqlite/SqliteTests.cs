using System.Text;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Storage.Sqlite;

namespace Minato.Storage.Tests.Sqlite;

/// <summary>A folder, a clock, and what most tests of the SQLite store begin with.</summary>
public abstract class SqliteTests : IDisposable
{
    private readonly TempFolder _folder = new();

    protected string Folder => _folder.Path;

    protected string File { get; }

    protected ManualClock Clock { get; } = new();

    protected SqliteTests() => File = _folder.Of("minato.db");

    protected SqliteStore Open(string? file = null) => SqliteStore.Open(file ?? File, durable: true, Clock);

    protected StoreFailedException AssertRefused(string? file = null) => Assert.Throws<StoreFailedException>(() => Open(file));

    public virtual void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static async Task<User> Alice(SqliteStore store) => await store.FindUserAsync("alice", default)
        ?? ((UserChanged)(await store.CommitAsync([new RegisterGuest(UserKind.Guest, "alice", false, new byte[32])], default))[0]).User;

    protected static async Task<Room> Lobby(SqliteStore store) => (await store.FindRoomAsync(Slug.Lobby, default))!;

    /// <summary>Posts in one batch, and says what was acknowledged.</summary>
    protected static async Task<IReadOnlyList<RoomEvent>> Post(SqliteStore store, params string[] texts)
    {
        var (alice, lobby) = (await Alice(store), await Lobby(store));
        var outcomes = await store.CommitAsync([.. texts.Select(text => new Post(alice, null, lobby.Id, Body(text)))], default);
        return [.. outcomes.OfType<Logged>().Select(l => l.Event!)];
    }

    protected static async Task<IReadOnlyList<RoomEvent>> EventsOf(SqliteStore store) =>
        await store.ReadEventsAsync((await Lobby(store)).Id, null, 0, long.MaxValue, default);

    /// <summary>Gapless, heads right, indexes and tables agreeing.</summary>
    protected static async Task AssertWhole(SqliteStore store)
    {
        Assert.Equal("ok", store.Writer.Text("pragma integrity_check"));
        var events = await EventsOf(store);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(i => (long)i), events.Select(e => e.Seq));
        var posts = events.OfType<Posted>().Select(p => p.PostNo).ToList();
        Assert.Equal(Enumerable.Range(1, posts.Count).Select(i => (long)i), posts);
        var head = await store.ReadHeadAsync((await Lobby(store)).Id, default);
        Assert.Equal((events.Count, posts.Count), ((int)head.Seq, (int)head.PostNo));
        Assert.Equal(posts.Count, store.Writer.Scalar("select count(*) from messages"));
        Assert.Equal(0, store.Writer.Scalar("select count(*) from bodies b where not exists (select 1 from events e where (e.room_id, e.seq) = (b.room_id, b.seq))"));
    }

    protected static MessageBody Body(string text)
    {
        Assert.Equal(BodyError.None, MessageBody.TryCreate(Encoding.UTF8.GetBytes(text), out var body));
        return body;
    }
}
