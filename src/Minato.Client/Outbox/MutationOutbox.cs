using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>
/// Mutations from the moment they are given until the server has answered for good. One at a time goes out for each room: only so they keep
/// their order when one of them is answered by <c>busy</c>. After a reconnect they go out again under their old cids.
/// </summary>
internal sealed class MutationOutbox : IDisposable
{
    /// <summary>The server knows a cid for 30 days; an older entry could happen a second time. By the clock on the wall: this process may have slept, or be another one.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private const string TooOld = "It waited for over 30 days, after which it might happen twice.";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<PendingMutation>> _lanes = [];
    private readonly Dictionary<string, PendingMutation> _entries = [];
    private readonly StateKeeper _keeper;
    private readonly ClientOptions _options;
    private readonly UpdateStream _updates;
    private readonly ITimer _retry;
    private Guid? _you;
    private Exception? _final;
    private Link? _link;
    private long _limit;
    private long _inFlight;
    private bool _isResting;

    internal MutationOutbox(ClientState state, StateKeeper keeper, UpdateStream updates, ClientOptions options)
    {
        (_keeper, _updates, _options, _you) = (keeper, updates, options, state.You);
        _retry = options.Time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var entry in state.Outbox)
            if (IsTooOld(entry))
                TellLeftoverRefused(entry, "expired", TooOld);
            else
                Enqueue(new PendingMutation(entry, LaneOf(entry.Frame), null) { IsStored = true });
    }

    /// <summary>Set when something is added that waits for an answer.</summary>
    internal Signal Added { get; } = new();

    internal int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    /// <summary>Those that a restart would find.</summary>
    internal int Kept
    {
        get
        {
            lock (_gate)
                return _entries.Values.Count(e => e.IsStored);
        }
    }

    /// <summary>Completes with the server's answer, however many connections that takes.</summary>
    /// <exception cref="OutboxFullException"/>
    /// <exception cref="RefusedException">The server refused it.</exception>
    /// <exception cref="IOException">It could not be kept, and was not sent.</exception>
    internal async Task<OkFrame> SendAsync(MutationFrame frame, CancellationToken cancel)
    {
        var answer = new TaskCompletionSource<OkFrame>(TaskCreationOptions.RunContinuationsAsynchronously);
        PendingMutation pending;
        Task stored;
        lock (_gate)
        {
            if (_final is { } final)
                throw final;
            if (_entries.Count >= _options.MaxOutbox)
                throw new OutboxFullException(_options.MaxOutbox);
            var entry = new OutboxEntry(frame, _options.Time.GetUtcNow().ToUnixTimeMilliseconds(), _you);
            pending = new PendingMutation(entry, LaneOf(frame), answer);
            Enqueue(pending);
            stored = _keeper.SaveAsync(new EntryAdded(entry));
        }
        try
        {
            await stored;
        }
        catch
        {
            Remove(pending);
            throw;
        }
        lock (_gate)
        {
            pending.IsStored = true;
            Pump();
        }
        Added.Set();
        return await answer.Task.WaitAsync(cancel);
    }

    /// <summary>Everything unanswered goes out (again).</summary>
    /// <param name="limit">Mutations without an answer that the server allows.</param>
    internal void Online(Link link, long limit, Guid? you)
    {
        List<PendingMutation> old, strangers;
        lock (_gate)
        {
            Rest();
            old = [.. _entries.Values.Where(e => IsTooOld(e.Entry))];
            strangers = [.. _entries.Values.Where(e => e.Entry.Owner is { } owner && owner != you).Except(old)];
        }
        Became(you);
        foreach (var pending in old)
            Refuse(pending, "expired", TooOld);
        // The server forgot who we were. Nothing is said under a new name unasked.
        foreach (var stranger in strangers)
            Refuse(stranger, "identity_changed", "The server does not know any more who wrote this.");
        lock (_gate)
            (_link, _limit) = (link, Math.Max(limit, 1));
        Wake();
    }

    internal void Offline()
    {
        lock (_gate)
        {
            _link = null;
            Rest();
        }
    }

    internal void Became(Guid? you)
    {
        lock (_gate)
        {
            if (you == _you)
                return;
            _you = you;
        }
        if (you is { } id)
            _keeper.Save(new IdentityKept(id));
    }

    internal void Answered(OkFrame ok)
    {
        if (Take(ok.Cid) is not { } pending)
            return;
        if (pending.Answer is { } answer)
            answer.TrySetResult(ok);
        else
            _updates.Add(new LeftoverSaved(ok.Cid, ok is { Room: { } room, Seq: { } seq } ? new Saved(room, seq, ok.Ts ?? 0) : null));
    }

    internal void Answered(ErrorFrame error)
    {
        if (Retry.After(error) is { } wait)
            TryLater(error.Cid!, wait);
        else if (Take(error.Cid!) is { } pending)
            TellRefused(pending, error.Code, error.Message, error.RetryAfter);
    }

    /// <summary>Nobody will be let in: those who wait are told so, and those who come. What is kept stays.</summary>
    internal void Fail(Exception error)
    {
        lock (_gate)
        {
            _final = error;
            foreach (var pending in _entries.Values)
                pending.Answer?.TrySetException(error);
        }
    }

    public void Dispose() => _retry.Dispose();

    private void TryLater(string cid, TimeSpan wait)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(cid, out var pending) || !pending.IsInFlight)
                return;
            pending.IsInFlight = false;
            _inFlight--;
            // Too fast in one room is too fast in all.
            _isResting = true;
            _retry.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private PendingMutation? Take(string cid)
    {
        lock (_gate)
            if (!_entries.TryGetValue(cid, out var pending))
                return null;
            else
            {
                Dequeue(pending);
                Pump();
                _keeper.Save(new EntryRemoved(cid));
                return pending;
            }
    }

    private void Refuse(PendingMutation pending, string code, string message)
    {
        Remove(pending);
        _keeper.Save(new EntryRemoved(pending.Entry.Cid));
        TellRefused(pending, code, message);
    }

    private void TellRefused(PendingMutation pending, string code, string message, TimeSpan? retryAfter = null)
    {
        if (pending.Answer is { } answer)
            answer.TrySetException(new RefusedException(code, message, retryAfter));
        else
            _updates.Add(new LeftoverRefused(pending.Entry.Cid, code, message));
    }

    private void TellLeftoverRefused(OutboxEntry entry, string code, string message)
    {
        _keeper.Save(new EntryRemoved(entry.Cid));
        _updates.Add(new LeftoverRefused(entry.Cid, code, message));
    }

    private void Remove(PendingMutation pending)
    {
        lock (_gate)
        {
            Dequeue(pending);
            Pump();
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            _isResting = false;
            Pump();
        }
    }

    private void Rest()
    {
        _inFlight = 0;
        _isResting = false;
        foreach (var pending in _entries.Values)
            pending.IsInFlight = false;
    }

    private void Pump()
    {
        if (_link is null || _isResting)
            return;
        foreach (var lane in _lanes.Values)
        {
            if (_inFlight >= _limit)
                return;
            var first = lane.Peek();
            if (first.IsInFlight || !first.IsStored)
                continue;
            first.IsInFlight = true;
            _inFlight++;
            _link.Send(first.Entry.Frame);
        }
    }

    private void Enqueue(PendingMutation pending)
    {
        _entries.Add(pending.Entry.Cid, pending);
        if (!_lanes.TryGetValue(pending.Lane, out var lane))
            _lanes.Add(pending.Lane, lane = new Queue<PendingMutation>());
        lane.Enqueue(pending);
    }

    private void Dequeue(PendingMutation pending)
    {
        if (!_entries.Remove(pending.Entry.Cid))
            return;
        if (pending.IsInFlight)
            _inFlight--;
        var lane = _lanes[pending.Lane];
        // It is the first, unless it could not be stored or belongs to somebody else.
        if (lane.Peek() == pending)
            lane.Dequeue();
        else
            _lanes[pending.Lane] = lane = new Queue<PendingMutation>(lane.Where(p => p != pending));
        if (lane.Count == 0)
            _lanes.Remove(pending.Lane);
    }

    private bool IsTooOld(OutboxEntry entry) => entry.At <= _options.Time.GetUtcNow().Subtract(Lifetime).ToUnixTimeMilliseconds();

    private static string LaneOf(MutationFrame frame) => frame.Where is { } room ? room.ToString() : "";
}
