using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Storage;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Search;

public sealed class IndexerTests : IAsyncDisposable
{
    private readonly SearchHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_is_said_edited_and_deleted_is_found_as_it_is_now()
    {
        var alice = await _host.Guest("alice");
        var dev = await _host.Room(alice, "dev");
        var (one, two) = (await _host.Say(alice, dev, "東京 one"), await _host.Say(alice, dev, "東京 two"));
        Assert.False((await _host.Search(alice, "東京")).IsComplete);
        await _host.LevelAsync();
        Assert.True((await _host.Search(alice, "東京")).IsComplete);
        Assert.Equal(["東京 two", "東京 one"], await _host.Find(alice, "東京"));
        await _host.Log(new Edit(alice, null, dev.Id, one.Seq, Make.Body("京都 one")));
        await _host.Log(new Delete(alice, null, dev.Id, two.Seq));
        await _host.LevelAsync();
        Assert.Empty(await _host.Find(alice, "東京"));
        Assert.Equal(["京都 one"], await _host.Find(alice, "one"));
    }

    [Fact]
    public async Task It_goes_on_where_it_was_when_the_server_ended()
    {
        var alice = await _host.Guest("alice");
        var (dev, ops) = (await _host.Room(alice, "dev"), await _host.Room(alice, "ops"));
        await _host.SayMany(alice, dev, 1_200, i => $"港 {i}");
        await _host.LevelAsync();
        await _host.SayMany(alice, dev, 3, i => $"more {i}");
        await _host.Say(alice, ops, "more 4");
        await _host.ReopenAsync();
        await _host.LevelAsync();
        Assert.Equal(4, _host.Index.Applied);
        Assert.Equal(4, (await _host.Find(alice, "more")).Count());
        await _host.ReopenAsync();
        await _host.LevelAsync();
        Assert.Equal(0, _host.Index.Applied);
        Assert.Equal((_host.Indexer.Progress.Total, true), (_host.Indexer.Progress.Done, _host.Indexer.Progress.IsComplete));
        Assert.InRange(_host.Indexer.Progress.Total, 1_204, 1_210);
    }

    [Fact]
    public async Task While_it_is_built_anew_searches_find_what_there_is_and_say_that_it_is_not_all()
    {
        var alice = await _host.Guest("alice");
        var rooms = new List<Room>();
        foreach (var name in new[] { "oldest", "older", "old" })
        {
            rooms.Add(await _host.Room(alice, name));
            await _host.SayMany(alice, rooms[^1], 600, i => $"{name} 昔 {i}");
        }
        var busy = await _host.Room(alice, "busy");
        await _host.SayMany(alice, busy, 1_000, i => $"新しい {i}");
        _host.Changed.Take();
        using var steps = new Steps();
        _host.Index.BeforeApply = steps.PassAsync;
        _host.Indexer.Start();
        // The rooms of the newest messages come first.
        await steps.LetAsync(1);
        Assert.Equal(50, (await _host.Search(alice, "新しい")).Results.Count);
        var page = await _host.Search(alice, "昔");
        Assert.Equal((0, false), (page.Results.Count, page.IsComplete));
        Assert.InRange(_host.Indexer.Progress.Done, 1, 2_799);
        // What is said meanwhile does not wait for the rest.
        await _host.Say(alice, busy, "今すぐ");
        await steps.LetAsync(2);
        Assert.Equal(["今すぐ"], await _host.Find(alice, "今すぐ"));
        Assert.Empty(await _host.Find(alice, "oldest"));
        Assert.False(_host.Indexer.Progress.IsComplete);
        steps.LetAll();
        await Patience.Until(() => _host.Indexer.Progress.IsComplete, "the index is complete");
        Assert.True((await _host.Search(alice, "oldest")).IsComplete);
        Assert.Equal(50, (await _host.Search(alice, "oldest")).Results.Count);
    }

    [Fact]
    public async Task A_log_that_ends_before_the_index_is_another_log_and_its_rooms_are_indexed_anew()
    {
        var alice = await _host.Guest("alice");
        var dev = await _host.Room(alice, "dev");
        await _host.Say(alice, dev, "東京 kept");
        await _host.BackUpAsync("backup.db");
        var edited = await _host.Say(alice, dev, "東京 lost");
        await _host.Say(alice, dev, "東京 also lost");
        await _host.LevelAsync();

        await _host.ReopenAsync("backup.db");
        await _host.Index.ReadMarksAsync(default);
        Assert.Equal(["東京 kept"], await _host.Find(alice, "東京"));
        await _host.LevelAsync();
        var instead = await _host.Say(alice, dev, "大阪 instead");
        Assert.Equal(edited.Seq, instead.Seq);
        await _host.LevelAsync();
        Assert.Equal(["東京 kept"], await _host.Find(alice, "東京"));
        Assert.Equal(["大阪 instead"], await _host.Find(alice, "大阪"));
        Assert.True(_host.Indexer.Progress.IsComplete);
    }

    [Fact]
    public async Task A_log_that_went_on_differently_past_the_index_is_noticed_by_its_times()
    {
        var alice = await _host.Guest("alice");
        var dev = await _host.Room(alice, "dev");
        await _host.Say(alice, dev, "kept");
        await _host.BackUpAsync("backup.db");
        await _host.SayMany(alice, dev, 3, i => $"東京 {i}");
        await _host.LevelAsync();
        await _host.ReopenAsync("backup.db");
        await _host.SayMany(alice, dev, 9, i => $"大阪 {i}");
        await _host.LevelAsync();
        Assert.Equal(9, (await _host.Find(alice, "大阪")).Count());
        Assert.Empty(await _host.Find(alice, "東京"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("this is no database, but it stands where one should be, and is long enough to be looked at")]
    public async Task A_search_db_that_is_gone_or_overwritten_is_built_anew(string? content)
    {
        var alice = await _host.Guest("alice");
        await _host.SayMany(alice, await _host.Room(alice, "dev"), 700, i => $"港 {i}");
        await _host.LevelAsync();
        await _host.ReopenAsync(meanwhile: () =>
        {
            File.Delete(_host.SearchFile);
            if (content is not null)
                File.WriteAllText(_host.SearchFile, content);
        });
        await _host.LevelAsync();
        Assert.Equal(700, _host.Index.Applied);
        Assert.Equal(["港 123"], await _host.Find(alice, "123"));
    }

    [Fact]
    public async Task Found_damaged_by_somebody_who_searches_it_is_built_anew()
    {
        var alice = await _host.Guest("alice");
        await _host.Say(alice, await _host.Room(alice, "dev"), "港");
        _host.Indexer.Start();
        await Patience.Until(() => _host.Indexer.Progress.IsComplete, "the index is complete");
        _host.Index.BeforeFind = () => throw new SearchIndexException("damaged") { IsDamaged = true };
        var page = await _host.Search(alice, "港");
        Assert.Equal((false, 0), (page.IsComplete, page.Results.Count));
        _host.Index.BeforeFind = () => { };
        await Patience.Until(() => _host.Index is { Cleared: 1, Applied: 2 }, "it was built anew");
        await Patience.Until(() => _host.Indexer.Progress.IsComplete, "the index is complete again");
        Assert.Equal(["港"], await _host.Find(alice, "港"));
    }

    [Fact]
    public async Task On_a_full_disk_it_waits_and_then_misses_nothing()
    {
        var alice = await _host.Guest("alice");
        var dev = await _host.Room(alice, "dev");
        var tries = 0;
        _host.Index.BeforeApply = () => Interlocked.Increment(ref tries) <= 3 ? throw new StoreFullException("full") : Task.CompletedTask;
        _host.Indexer.Start();
        await _host.Say(alice, dev, "港");
        for (var i = 1; i <= 3; i++)
        {
            await Patience.Until(() => Volatile.Read(ref tries) == i && _host.Clock.Waiting > 0, $"try {i}");
            Assert.False(_host.Indexer.Progress.IsComplete);
            // Whoever posts does not notice.
            await _host.Say(alice, dev, $"港 {i}");
            _host.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        await Patience.Until(() => _host.Indexer.Progress.IsComplete, "the index is complete");
        Assert.Equal(["港 3", "港 2", "港 1", "港"], await _host.Find(alice, "港"));
        Assert.Equal(0, _host.Index.Cleared);
    }

    [Fact]
    public async Task A_damage_met_while_indexing_is_cleared_and_everything_comes_again()
    {
        var alice = await _host.Guest("alice");
        var dev = await _host.Room(alice, "dev");
        await _host.SayMany(alice, dev, 10, i => $"港 {i}");
        await _host.LevelAsync();
        var isDamaged = true;
        _host.Index.BeforeApply = () => isDamaged && !(isDamaged = false) ? throw new SearchIndexException("damaged") { IsDamaged = true } : Task.CompletedTask;
        await _host.Say(alice, dev, "港 last");
        _host.Indexer.Start();
        await Patience.Until(() => _host.Clock.Waiting > 0, "it pauses");
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await Patience.Until(() => _host.Indexer.Progress.IsComplete, "the index is complete");
        Assert.Equal(1, _host.Index.Cleared);
        Assert.Equal(11, (await _host.Find(alice, "港")).Count());
    }

    [Fact]
    public async Task More_rooms_than_are_named_are_all_looked_at()
    {
        var alice = await _host.Guest("alice");
        await _host.LevelAsync();
        await _host.Say(alice, await _host.Room(alice, "dev"), "港");
        for (var i = 0; i < 10_001; i++)
            _host.Changed.Add(new RoomId(1_000_000 + i));
        await _host.LevelAsync();
        Assert.Equal(["港"], await _host.Find(alice, "港"));
    }

    /// <summary>Lets transactions pass one by one.</summary>
    private sealed class Steps : IDisposable
    {
        private readonly SemaphoreSlim _allowed = new(0);
        private readonly SemaphoreSlim _arrived = new(0);

        public async Task PassAsync()
        {
            _arrived.Release();
            await _allowed.WaitAsync();
        }

        /// <summary>Lets so many pass, and returns when the next one stands at the gate: they are done.</summary>
        public async Task LetAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await _arrived.WaitAsync().Within("a transaction");
                _allowed.Release();
            }
            await _arrived.WaitAsync().Within("the next transaction");
            _arrived.Release();
        }

        public void LetAll() => _allowed.Release(1_000_000);

        public void Dispose()
        {
            // A test that failed half-way leaves nobody at the gate.
            LetAll();
            _allowed.Dispose();
            _arrived.Dispose();
        }
    }
}
