using Microsoft.Extensions.Logging.Abstractions;
using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Server.Log;
using Minato.Server.Rooms;
using Minato.Server.Sessions;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Log;

public sealed class LogWriterTests : IAsyncDisposable
{
    private readonly FakeStore _store = new();
    private readonly ManualTime _clock = new();
    private readonly SessionRegistry _sessions = new();
    private readonly Publisher _publisher;
    private readonly LogWriter _writer;

    public LogWriterTests()
    {
        _publisher = new Publisher(new LiveRooms(_store), _sessions, NullLogger<Publisher>.Instance);
        _writer = new LogWriter(_store, _publisher, new ChangedRooms(), _clock, NullLogger<LogWriter>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _publisher.DisposeAsync();
        _sessions.Dispose();
    }

    [Fact]
    public async Task Housekeeping_goes_on_when_it_said_it_would_though_nobody_speaks()
    {
        var (rounds, done) = (0, new TaskCompletionSource());
        _store.Maintain = () =>
        {
            if (++rounds == 5)
                done.SetResult();
            return rounds < 5 ? new Upkeep([new Trimmed(Make.Lobby.Id, rounds, 0)], TimeSpan.Zero) : Upkeep.None;
        };
        await _writer.SubmitAsync(Make.Post("0"), new Lane());
        await done.Task.Within("five rounds");
    }

    [Fact]
    public async Task All_that_waited_during_a_commit_goes_into_the_next_one()
    {
        using var first = new CommitGate(_store);
        var posts = new List<Task<Outcome>> { _writer.SubmitAsync(Make.Post("0"), new Lane()) };
        await first.Entered.Within("the first commit");
        for (var i = 1; i <= 100; i++)
            posts.Add(_writer.SubmitAsync(Make.Post($"{i}"), new Lane()));
        first.Open();
        await Task.WhenAll(posts).Within("the answers");
        Assert.Equal([1, 100], first.Batches.Select(b => b.Count));
    }

    [Theory]
    [InlineData(Refusal.StorageFull)]
    [InlineData(Refusal.StorageAway)]
    public async Task On_a_full_disk_or_without_a_database_everybody_is_told_to_come_back_and_then_can(Refusal reason)
    {
        var commit = _store.Commit;
        _store.Commit = _ => throw (reason == Refusal.StorageFull ? new StoreFullException("full") : new StoreAwayException("away"));
        var refused = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => _writer.SubmitAsync(Make.Post($"{i}"), new Lane()))).Within("the refusals");
        Assert.All(refused, r => Assert.True(r is Refused { RetryAfter.TotalMilliseconds: > 0 } told && told.Reason == reason));
        _store.Commit = commit;
        Assert.IsType<Nothing>(await _writer.SubmitAsync(Make.Post("again"), new Lane()).Within("the answer"));
        Assert.False(_writer.Failed.IsCompleted);
    }

    [Fact]
    public async Task A_read_position_that_met_a_full_disk_is_written_later()
    {
        var full = new TaskCompletionSource();
        var written = new TaskCompletionSource<MarkRead>();
        _store.Commit = _ =>
        {
            full.TrySetResult();
            throw new StoreFullException("full");
        };
        _writer.MarkRead(new MarkRead(Make.Alice, Make.Lobby.Id, 7));
        _clock.Advance(PendingReads.Interval);
        await _writer.SubmitAsync(Make.Post("wakes the writer"), new Lane()).Within("the refusal");
        await full.Task;
        _store.Commit = batch =>
        {
            foreach (var mark in batch.OfType<MarkRead>())
                written.TrySetResult(mark);
            return [.. batch.Select(_ => Nothing.Value)];
        };
        _clock.Advance(PendingReads.Interval);
        await _writer.SubmitAsync(Make.Post("wakes it again"), new Lane()).Within("the answer");
        Assert.Equal(7, (await written.Task.Within("the read position")).Seq);
    }

    [Fact]
    public async Task When_the_store_fails_everybody_is_told_and_nothing_more_is_taken()
    {
        using var gate = new CommitGate(_store) { Fails = new StoreFailedException("the disk is gone") };
        var posts = new List<Task<Outcome>> { _writer.SubmitAsync(Make.Post("0"), new Lane()) };
        await gate.Entered.Within("the first commit");
        for (var i = 1; i <= 2000; i++)
            posts.Add(_writer.SubmitAsync(Make.Post($"{i}"), new Lane()));
        gate.Open();
        var outcomes = await Task.WhenAll(posts).Within("an answer for everybody");
        Assert.All(outcomes, o => Assert.Equal(Refusal.StorageFailed, Assert.IsType<Refused>(o).Reason));
        Assert.Equal("the disk is gone", (await _writer.Failed.Within("the failure")).Message);
        Assert.Equal(Refusal.StorageFailed, Assert.IsType<Refused>(await _writer.SubmitAsync(Make.Post("late"), new Lane())).Reason);
        Assert.Single(gate.Batches); // it was not tried again
    }

    [Fact]
    public async Task A_bug_in_the_store_is_no_reason_to_go_on_either()
    {
        _store.Commit = _ => throw new InvalidOperationException("a bug");
        Assert.Equal(Refusal.StorageFailed, Assert.IsType<Refused>(await _writer.SubmitAsync(Make.Post("x"), new Lane()).Within("the answer")).Reason);
        Assert.IsType<InvalidOperationException>(await _writer.Failed.Within("the failure"));
    }

    [Fact]
    public async Task At_a_fence_nothing_is_written_and_what_is_sent_is_held_and_then_saved()
    {
        var writes = Count();
        await _writer.StandStillAsync().Within("the writer to stand");
        var held = _writer.SubmitAsync(Make.Post("held"), new Lane());
        _clock.Advance(Fence.Patience - TimeSpan.FromMilliseconds(1));
        Assert.Equal((1, 0, false), (_writer.Waiting, writes(), held.IsCompleted));
        _writer.GoOn();
        Assert.IsType<Nothing>(await held.Within("the answer"));
    }

    [Fact]
    public async Task Who_was_held_too_long_is_refused_and_so_is_whoever_comes_until_it_goes_on()
    {
        var writes = Count();
        await _writer.StandStillAsync().Within("the writer to stand");
        var held = _writer.SubmitAsync(Make.Post("held"), new Lane());
        _clock.Advance(Fence.Patience);
        foreach (var refused in new[] { await held.Within("the refusal"), await _writer.SubmitAsync(Make.Post("late"), new Lane()).Within("the next one") })
            Assert.Equal(new Refused(Refusal.Busy, SessionRegistry.RetryAfter), refused);
        Assert.Equal(0, writes());
        _writer.GoOn();
        Assert.IsType<Nothing>(await _writer.SubmitAsync(Make.Post("again"), new Lane()).Within("the answer"));
    }

    [Fact]
    public async Task A_writer_that_gave_way_writes_nothing_more_not_even_at_its_end()
    {
        var writes = Count();
        await _writer.StandStillAsync().Within("the writer to stand");
        _writer.MarkRead(new MarkRead(Make.Bob, Make.Lobby.Id, 3));
        var held = _writer.SubmitAsync(Make.Post("held"), new Lane());
        _writer.GiveWay();
        Assert.Equal(new Refused(Refusal.Busy, SessionRegistry.RetryAfter), await held.Within("the refusal"));
        await _writer.DisposeAsync().AsTask().Within("the writer's end");
        Assert.Equal(0, writes());
    }

    [Fact]
    public async Task A_writer_that_gave_up_says_why()
    {
        await _writer.StandStillAsync().Within("the writer to stand");
        var held = _writer.SubmitAsync(Make.Post("held"), new Lane());
        _writer.GiveUp(new StoreFailedException("it is another's"));
        Assert.IsType<Refused>(await held.Within("the refusal"));
        Assert.Equal("it is another's", (await _writer.Failed.Within("the failure")).Message);
        Assert.Equal(Refusal.StorageFailed, Assert.IsType<Refused>(await _writer.SubmitAsync(Make.Post("late"), new Lane())).Reason);
    }

    /// <summary>How often the store was asked to commit so far.</summary>
    private Func<int> Count()
    {
        var commits = 0;
        _store.Commit = batch =>
        {
            Interlocked.Increment(ref commits);
            return [.. batch.Select(_ => Nothing.Value)];
        };
        return () => Volatile.Read(ref commits);
    }

    [Fact]
    public async Task Read_positions_are_coalesced_and_posting_moves_ones_own()
    {
        var marks = new List<(string Nick, long Seq)>();
        var seq = 10L;
        _store.Commit = batch =>
        {
            lock (marks)
                marks.AddRange(batch.OfType<MarkRead>().Select(m => (m.Actor.Nick, m.Seq)));
            return [.. batch.Select(c => c is Post post ? Make.Logged(++seq, by: post.Actor) : (Outcome)Nothing.Value)];
        };
        for (var i = 1; i <= 9; i++)
            _writer.MarkRead(new MarkRead(Make.Bob, Make.Lobby.Id, i));
        await _writer.SubmitAsync(Make.Post("11"), new Lane()).Within("an answer");
        await _writer.SubmitAsync(Make.Post("12"), new Lane()).Within("an answer");
        lock (marks)
            Assert.Empty(marks); // not before their second
        _clock.Advance(PendingReads.Interval);
        await _writer.SubmitAsync(Make.Post("13"), new Lane()).Within("an answer");
        await Patience.Until(() => Count() == 2, "both positions are written");
        lock (marks)
            Assert.Equal([("alice", 12L), ("bob", 9L)], marks.Order());

        int Count()
        {
            lock (marks)
                return marks.Count;
        }
    }

    [Fact]
    public async Task What_waits_when_the_server_stops_is_committed_read_positions_too()
    {
        using var gate = new CommitGate(_store);
        var first = _writer.SubmitAsync(Make.Post("1"), new Lane());
        await gate.Entered.Within("the first commit");
        var second = _writer.SubmitAsync(Make.Post("2"), new Lane());
        _writer.MarkRead(new MarkRead(Make.Bob, Make.Lobby.Id, 3));
        var end = _writer.DisposeAsync().AsTask();
        gate.Open();
        await end.Within("the writer's end");
        Assert.IsType<Nothing>(await first);
        Assert.IsType<Nothing>(await second.Within("the answer to what waited"));
        Assert.Equal([typeof(Post), typeof(Post), typeof(MarkRead)], gate.Batches.SelectMany(b => b).Select(c => c.GetType()));
    }

    [Fact]
    public async Task A_backup_goes_step_by_step_with_commits_in_between()
    {
        var backup = new FakeBackup(steps: 5);
        var atCommit = new List<int>();
        _store.Backup = _ => backup;
        backup.OnStep = () =>
        {
            if (backup.Steps == 2)
                _ = _writer.SubmitAsync(Make.Post("between"), new Lane());
        };
        _store.Commit = batch =>
        {
            atCommit.Add(backup.Steps);
            return [.. batch.Select(_ => Nothing.Value)];
        };
        var progress = new List<(long, long)>();
        await _writer.BackupAsync("/x", (done, total) => progress.Add((done, total))).Within("the backup");
        Assert.Equal([(1, 5), (2, 5), (3, 5), (4, 5)], progress);
        Assert.Equal([2], atCommit);
        Assert.True(backup.IsDisposed);
    }

    [Fact]
    public async Task A_backup_that_fails_is_its_own_trouble_and_one_that_is_under_way_at_the_end_is_told()
    {
        _store.Backup = _ => throw new IOException("no such folder");
        var failed = await Assert.ThrowsAsync<IOException>(() => _writer.BackupAsync("/x", (_, _) => { }).Within("the failure"));
        Assert.Equal("no such folder", failed.Message);
        var endless = new FakeBackup(steps: int.MaxValue);
        _store.Backup = _ => endless;
        var backup = _writer.BackupAsync("/y", (_, _) => { });
        Assert.IsType<Nothing>(await _writer.SubmitAsync(Make.Post("x"), new Lane()).Within("a commit during a backup"));
        await _writer.DisposeAsync().AsTask().Within("the writer's end");
        await Assert.ThrowsAsync<IOException>(() => backup.Within("the backup's end"));
        Assert.True(endless.IsDisposed);
        await Assert.ThrowsAsync<IOException>(() => _writer.BackupAsync("/z", (_, _) => { }));
    }

    private sealed class FakeBackup(int steps) : IBackup
    {
        public int Steps { get; private set; }

        public bool IsDisposed { get; private set; }

        public Action OnStep { get; set; } = () => { };

        /// <summary>As SQLite's: asked for after the last step, it reads freed memory.</summary>
        public (long Done, long Total) Progress => Steps < steps ? (Steps, steps) : throw new ObjectDisposedException(nameof(FakeBackup));

        public bool Step()
        {
            Steps++;
            OnStep();
            return Steps == steps;
        }

        public void Dispose() => IsDisposed = true;
    }

    /// <summary>Holds the first commit until it is opened, and remembers every batch.</summary>
    private sealed class CommitGate : IDisposable
    {
        private readonly ManualResetEventSlim _open = new();
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CommitGate(FakeStore store) => store.Commit = batch =>
        {
            Batches.Add(batch);
            _entered.TrySetResult();
            _open.Wait(Patience.Long);
            return Fails is null ? [.. batch.Select(_ => Nothing.Value)] : throw Fails;
        };

        public List<IReadOnlyList<Command>> Batches { get; } = [];

        public Exception? Fails { get; init; }

        public Task Entered => _entered.Task;

        public void Open() => _open.Set();

        public void Dispose() => _open.Dispose();
    }
}
