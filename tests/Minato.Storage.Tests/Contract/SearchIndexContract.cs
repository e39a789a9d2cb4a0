using System.Text;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Search;

namespace Minato.Storage.Tests.Contract;

/// <summary>What every search index must do, whatever it stands on. A class for each engine says how to open one.</summary>
public abstract class SearchIndexContract : IAsyncLifetime
{
    private static readonly RoomId One = new(1), Two = new(22);

    protected ManualClock Clock { get; } = new();

    protected ISearchIndex Index { get; private set; } = null!;

    /// <summary>Opens the index; called again, the same data.</summary>
    protected abstract ValueTask<ISearchIndex> OpenAsync();

    public async ValueTask InitializeAsync()
    {
        Index = await OpenAsync();
        await Index.ReadMarksAsync(default);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Index.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task ReopenAsync()
    {
        await Index.DisposeAsync();
        await InitializeAsync();
    }

    [Fact]
    public async Task What_was_applied_is_found_newest_first_over_all_rooms_in_whatever_order_it_came()
    {
        await Apply(One, (1, 1_000, "東京 one"), (2, 3_000, "東京 two"), (5, 5_000, "大阪"));
        await Apply(Two, (1, 2_000, "東京 three"), (9, 4_000, "東京 four"));
        Assert.Equal(["22:9", "1:2", "22:1", "1:1"], await Find("東京"));
        Assert.Equal(["1:5"], await Find("大阪"));
        Assert.Equal(["22:9"], await Find("東京 four"));
        Assert.Empty(await Find("東京 five"));
    }

    [Fact]
    public async Task Pages_go_on_where_the_one_before_ended_and_miss_nothing()
    {
        // Many of one moment, as a burst is committed: their order may be any, but it is one.
        await Apply(One, [.. Enumerable.Range(1, 300).Select(i => ((long)i, 1_000L + (i / 100), $"港 {i}"))]);
        await Apply(Two, [.. Enumerable.Range(1, 50).Select(i => ((long)i, 1_002L, "港"))]);
        var (seen, before) = (new List<string>(), (long?)null);
        while (await Page("港", before, 7) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(Name));
            Assert.True(page[0].Place < (before ?? long.MaxValue));
            before = page[^1].Place;
        }
        Assert.Equal(350, seen.Count);
        Assert.Equal(350, seen.Distinct().Count());
        Assert.Equal("1:1", seen[^1]);
    }

    [Fact]
    public async Task A_room_s_own_messages_are_found_alone()
    {
        await Apply(One, (1, 1_000, "港"), (2, 2_000, "港"));
        await Apply(Two, (1, 3_000, "港"), (2, 4_000, "2 22"));
        Assert.Equal(["1:2", "1:1"], await Find("港", One));
        Assert.Equal(["22:1"], await Find("港", Two));
        Assert.Empty(await Find("港", new RoomId(2)));
        Assert.Empty(await Find("22", One));
    }

    [Fact]
    public async Task One_character_and_the_beginning_of_a_word_are_enough()
    {
        await Apply(One, (1, 1_000, "白い猫がいる"), (2, 2_000, "犬と猫"), (3, 3_000, "猫"), (4, 4_000, "servers"), (5, 5_000, "🍣"));
        Assert.Equal(["1:3", "1:2", "1:1"], await Find("猫"));
        Assert.Equal(["1:2"], await Find("犬"));
        Assert.Equal(["1:4"], await Find("serv"));
        Assert.Equal(["1:5"], await Find("🍣"));
        Assert.Empty(await Find("\"serv\""));
    }

    [Fact]
    public async Task An_edit_is_found_by_its_new_words_only_and_a_deleted_message_by_none()
    {
        await Apply(One, (1, 1_000, "東京 hello"), (2, 2_000, "東京"));
        await Apply(One, (1, 1_000, "大阪 hello"));
        Assert.Equal(["1:2"], await Find("東京"));
        Assert.Equal(["1:1"], await Find("大阪"));
        Assert.Equal(["1:1"], await Find("hello"));
        await Apply(One, (1, 1_000, null), (7, 7_000, null));
        Assert.Empty(await Find("大阪"));
        Assert.Empty(await Find("hello"));
        await ReopenAsync();
        Assert.Equal(["1:2"], await Find("東京"));
        await Apply(One, (1, 1_000, "東京 again"));
        Assert.Equal(["1:2", "1:1"], await Find("東京"));
    }

    [Fact]
    public async Task The_same_again_changes_nothing()
    {
        for (var again = 0; again < 3; again++)
            await Apply(One, (1, 1_000, "港 one"), (2, 2_000, "港 two"), (3, 2_000, "港 three"));
        Assert.Equal(["1:3", "1:2", "1:1"], await Find("港"));
        await Apply(One, (2, 2_000, null));
        Assert.Equal(["1:3", "1:1"], await Find("港"));
    }

    [Fact]
    public async Task Of_another_log_the_same_words_are_found_at_their_own_time()
    {
        await Apply(One, (1, 1_000_000, "港"), (2, 2_000_000, "港"));
        await Apply(One, (1, 9_000_000, "港"));
        Assert.Equal(["1:1", "1:2"], await Find("港"));
    }

    [Fact]
    public async Task Marks_stand_as_they_were_applied_and_may_go_back()
    {
        Assert.Empty(await Index.ReadMarksAsync(default));
        await Index.ApplyAsync([new RoomChanges(One, new LogMark(7, 70), []), new RoomChanges(Two, new LogMark(9, 90), [])], default);
        await ReopenAsync();
        Assert.Equal([(One, new LogMark(7, 70)), (Two, new LogMark(9, 90))], (await Index.ReadMarksAsync(default)).OrderBy(m => m.Key.Value).Select(m => (m.Key, m.Value)));
        await Index.ApplyAsync([new RoomChanges(One, new LogMark(3, 30), [])], default);
        Assert.Equal(new LogMark(3, 30), (await Index.ReadMarksAsync(default))[One]);
    }

    [Fact]
    public async Task What_a_room_no_longer_keeps_goes_with_the_housekeeping()
    {
        await Apply(One, [.. Enumerable.Range(1, 500).Select(i => ((long)i, i * 1_000L, (string?)$"港 {i}"))]);
        await Apply(Two, (1, 1_000, "港"));
        await Index.ApplyAsync([new RoomChanges(One, new LogMark(500, 500_000), []) { FirstSeq = 499 }], default);
        // Whoever was killed in the middle of it goes on where they left off.
        Assert.True(await Index.MaintainAsync(default));
        await ReopenAsync();
        while (await Index.MaintainAsync(default))
        {
        }
        Assert.Equal(["1:500", "1:499", "2:1"], (await Find("港")).Select(name => name.Replace("22:", "2:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Cleared_it_is_empty_and_takes_everything_anew()
    {
        await Apply(One, (1, 1_000, "港"));
        await Index.ClearAsync(default);
        Assert.Empty(await Find("港"));
        Assert.Empty(await Index.ReadMarksAsync(default));
        await Apply(One, (1, 1_000, "港"));
        Assert.Equal(["1:1"], await Find("港"));
    }

    [Fact]
    public async Task The_longest_query_finds_the_longest_body()
    {
        var random = new Random(11);
        var body = string.Concat(Enumerable.Range(0, MessageBody.MaxBytes / 3).Select(_ => (char)random.Next(0x4E00, 0x9FA0)));
        await Apply(One, (1, 1_000, body), (2, 2_000, body[..^300]));
        Assert.Equal(["1:1"], await Find(body[^SearchQuery.MaxLength..]));
        Assert.Equal(["1:2", "1:1"], await Find(body[..SearchQuery.MaxLength]));
        Assert.Equal(["1:1"], await Find(string.Join(' ', Enumerable.Range(0, SearchQuery.MaxTerms).Select(i => body.Substring(body.Length - 240 + (i * 15), 14)))));
    }

    [Fact]
    public async Task Searching_goes_on_beside_changes()
    {
        await Apply(One, (1, 1_000, "港"));
        using var stop = new CancellationTokenSource();
        var searching = Task.Run(async () =>
        {
            for (; !stop.IsCancellationRequested; await Task.Yield())
                Assert.NotEmpty(await Find("港"));
        });
        for (var i = 2; i < 60; i++)
            await Apply(One, (i, i * 1_000, "港"), (i - 1, (i - 1) * 1_000, $"港 {i}"));
        await stop.CancelAsync();
        await searching;
    }

    [Fact]
    public async Task Whatever_a_body_holds_it_goes_in_and_out()
    {
        var random = new Random(5);
        string[] pieces = ["\"", "'", "*", "AND", "NEAR(", ":", "^", "\uE000" + "1", "\t", "\n", "%", "港", "ｶﾞ", "🍣", "ß", "\0"[..0], "--", "a", "\u0301", "\uFFFE", "𠮷"];
        var bodies = Enumerable.Range(1, 200).Select(i => string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)])) + $" n{i}").ToList();
        await Apply(One, [.. bodies.Select((body, i) => (i + 1L, i * 1_000L, body))]);
        for (var i = 0; i < bodies.Count; i++)
            if (SearchQuery.TryParse(bodies[i], out var query))
                Assert.Contains($"1:{i + 1}", (await Index.FindAsync(new CandidateRequest(query.Tokens, null, null, 500), default)).Select(Name));
        await Apply(One, [.. bodies.Select((_, i) => (i + 1L, i * 1_000L, (string?)null))]);
        Assert.Empty(await Find("n1"));
        Assert.Empty(await Find("港"));
    }

    protected async Task Apply(RoomId room, params (long Seq, long Ts, string? Body)[] messages) => await Index.ApplyAsync(
        [
            new RoomChanges(room, new LogMark(messages.Max(m => m.Seq), messages.Max(m => m.Ts)), [.. messages.Select(m =>
                new ChangedMessage(m.Seq, m.Ts, m.Body is null ? null : MessageBody.FromStore(Encoding.UTF8.GetBytes(m.Body))))]),
        ],
        default);

    protected async Task<IEnumerable<string>> Find(string text, RoomId? room = null) => (await Page(text, null, 500, room)).Select(Name);

    private async Task<IReadOnlyList<Candidate>> Page(string text, long? before, int limit, RoomId? room = null)
    {
        Assert.True(SearchQuery.TryParse(text, out var query));
        return await Index.FindAsync(new CandidateRequest(query.Tokens, room, before, limit), default);
    }

    private static string Name(Candidate found) => $"{found.Room.Value}:{found.Seq}";
}
