using Microsoft.Extensions.Logging.Abstractions;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Log;
using Minato.Server.Search;
using Minato.Storage.Sqlite;
using Minato.Storage.Sqlite.Search;
using Minato.Tests.Kit;

namespace Minato.Server.Tests;

/// <summary>A store and a search index on disk, and who brings the one level with the other. Nothing runs by itself until it is started.</summary>
internal sealed class SearchHost : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private int _hashes;

    public SearchHost() => Open("minato.db");

    public ManualTime Clock { get; } = new();

    public ChangedRooms Changed { get; private set; } = null!;

    public IStore Store { get; private set; } = null!;

    public StubbornIndex Index { get; private set; } = null!;

    public Indexer Indexer { get; private set; } = null!;

    public Searcher Searcher { get; private set; } = null!;

    public string SearchFile => _folder["search.db"];

    /// <summary>Ends everything, and starts it again on this database; the index is what it was.</summary>
    public async Task ReopenAsync(string database = "minato.db", Action? meanwhile = null)
    {
        await CloseAsync();
        meanwhile?.Invoke();
        Open(database);
    }

    public async Task BackUpAsync(string name)
    {
        using var backup = Store.StartBackup(_folder[name]);
        while (!backup.Step())
            await Task.Yield();
    }

    public Task LevelAsync() => Indexer.BringLevelAsync(CancellationToken.None).Within("the index");

    public async Task<User> Guest(string nick) =>
        Assert.IsType<UserChanged>(await Do(new RegisterGuest(UserKind.Guest, nick, NickIsProvisional: false, [.. Enumerable.Repeat((byte)0, 28), .. BitConverter.GetBytes(++_hashes)]))).User;

    public async Task<Room> Room(User owner, string slug, RoomKind kind = RoomKind.Public) => (await Log(new CreateRoom(owner, null, slug, slug, kind))).Room;

    /// <summary>Some time passes between two messages, so that the newer one is.</summary>
    public async Task<Logged> Say(User from, Room room, string text)
    {
        Clock.Advance(TimeSpan.FromMilliseconds(10));
        return await Log(new Post(from, null, room.Id, Make.Body(text)));
    }

    public async Task SayMany(User from, Room room, int count, Func<int, string> text)
    {
        Clock.Advance(TimeSpan.FromMilliseconds(10));
        foreach (var chunk in Enumerable.Range(1, count).Chunk(1_000))
            foreach (var outcome in await Store.CommitAsync([.. chunk.Select(i => new Post(from, null, room.Id, Make.Body(text(i))))], default))
                Changed.Add(Assert.IsType<Logged>(outcome).Room.Id);
    }

    public async Task<Logged> Log(Command command) => Assert.IsType<Logged>(await Do(command));

    public async Task<SearchPage> Search(User? user, string text, Room? room = null, long? before = null, int limit = 50)
    {
        Assert.True(SearchQuery.TryParse(text, out var query));
        return await Searcher.FindAsync(user?.Id, new SearchRequest(query, room?.Id, before, limit), default);
    }

    /// <summary>The bodies that were found.</summary>
    public async Task<IEnumerable<string>> Find(User? user, string text, Room? room = null) =>
        (await Search(user, text, room)).Results.Select(r => r.Found.Message.Body.ToString()!);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    private async Task<Outcome> Do(Command command)
    {
        var outcome = Assert.Single(await Store.CommitAsync([command], default));
        if (outcome is Logged { Event: { } ev })
            Changed.Add(ev.Room);
        return outcome;
    }

    private void Open(string database)
    {
        Changed = new ChangedRooms();
        Store = SqliteStore.Open(_folder[database], durable: false, Clock);
        Index = new StubbornIndex(new SqliteSearchIndex(SearchFile, durable: false, Clock));
        Indexer = new Indexer(Store, Index, Changed, Clock, NullLogger<Indexer>.Instance);
        Searcher = new Searcher(Store, Index, Indexer, Clock, NullLogger<Searcher>.Instance);
    }

    private async Task CloseAsync()
    {
        Searcher.Dispose();
        await Indexer.DisposeAsync();
        await Store.DisposeAsync();
    }
}

/// <summary>An index that does what the test says before it does what it is for.</summary>
internal sealed class StubbornIndex(ISearchIndex index) : ISearchIndex
{
    /// <summary>What comes before each transaction: an exception, or a wait.</summary>
    public Func<Task> BeforeApply { get; set; } = () => Task.CompletedTask;

    public Action BeforeFind { get; set; } = () => { };

    /// <summary>Messages taken over.</summary>
    public int Applied { get; private set; }

    public int Cleared { get; private set; }

    public List<CandidateRequest> Asked { get; } = [];

    public ValueTask<IReadOnlyDictionary<RoomId, LogMark>> ReadMarksAsync(CancellationToken cancel) => index.ReadMarksAsync(cancel);

    public async ValueTask ApplyAsync(IReadOnlyList<RoomChanges> changes, CancellationToken cancel)
    {
        await BeforeApply();
        await index.ApplyAsync(changes, cancel);
        Applied += changes.Sum(c => c.Messages.Count);
    }

    public ValueTask<IReadOnlyList<Candidate>> FindAsync(CandidateRequest request, CancellationToken cancel)
    {
        BeforeFind();
        Asked.Add(request);
        return index.FindAsync(request, cancel);
    }

    public ValueTask<bool> MaintainAsync(CancellationToken cancel) => index.MaintainAsync(cancel);

    public ValueTask ClearAsync(CancellationToken cancel)
    {
        Cleared++;
        return index.ClearAsync(cancel);
    }

    public ValueTask DisposeAsync() => index.DisposeAsync();
}
