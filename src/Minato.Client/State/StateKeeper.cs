using System.Threading.Channels;

namespace Minato.Client;

/// <summary>
/// Writes what is to be remembered, behind the client: all that waits goes with one sync. Entries of the outbox are waited for; cursors are
/// written once a second at most, and with the next entry.
/// </summary>
internal sealed class StateKeeper : IAsyncDisposable
{
    /// <summary>After kill -9, events of this last while may be told again.</summary>
    private static readonly TimeSpan CursorPause = TimeSpan.FromSeconds(1);

    private readonly IClientStore _store;
    private readonly Channel<Order> _orders = Channel.CreateUnbounded<Order>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, long?> _moves = [];
    private readonly ITimer _timer;
    private readonly Task _writing;

    internal StateKeeper(IClientStore store, TimeProvider time)
    {
        _store = store;
        _timer = time.CreateTimer(_ => _orders.Writer.TryWrite(new Order(null, null)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _writing = WriteAllAsync();
    }

    /// <summary>Completes when it is safe.</summary>
    /// <exception cref="IOException">It is not.</exception>
    internal Task SaveAsync(StateChange change)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_orders.Writer.TryWrite(new Order(change, done)))
            done.SetException(new ObjectDisposedException(nameof(MinatoClient)));
        return done.Task;
    }

    /// <summary>What nobody waits for: were it lost, the server would answer the same again.</summary>
    internal void Save(StateChange change) => _orders.Writer.TryWrite(new Order(change, null));

    internal void Move(ReadOnlySpan<Mark> marks)
    {
        if (marks.IsEmpty)
            return;
        lock (_gate)
        {
            if (_moves.Count == 0)
                _timer.Change(CursorPause, Timeout.InfiniteTimeSpan);
            foreach (var mark in marks)
                _moves[mark.Room] = mark.Seq;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        _orders.Writer.TryWrite(new Order(null, null));
        _orders.Writer.TryComplete();
        await _writing;
        _store.Dispose();
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<Order>();
        while (await _orders.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (_orders.Reader.TryRead(out var order))
                batch.Add(order);
            Write(batch);
        }
    }

    private void Write(List<Order> batch)
    {
        List<StateChange> changes = [.. batch.Select(o => o.Change).OfType<StateChange>(), .. TakeMoves()];
        try
        {
            if (changes.Count > 0)
                _store.Save(changes);
            batch.ForEach(o => o.Done?.SetResult());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Cursors of this batch come again with the next event of their rooms.
            batch.ForEach(o => o.Done?.SetException(e));
        }
    }

    private List<StateChange> TakeMoves()
    {
        lock (_gate)
        {
            List<StateChange> moves = [.. _moves.Select(m => m.Value is { } seq ? (StateChange)new CursorMoved(m.Key, seq) : new CursorForgotten(m.Key))];
            _moves.Clear();
            return moves;
        }
    }

    private sealed record Order(StateChange? Change, TaskCompletionSource? Done);
}
