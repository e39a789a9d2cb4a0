namespace Minato.Client;

/// <summary>
/// Updates on their way from the connection to whoever reads them; bounded. When it is full the connection is not read any more, unless
/// somebody waits for an answer on it: then events are let go (the log has them), and once everything was read the client resumes.
/// </summary>
internal sealed class UpdateStream(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Queue<Item> _items = new();
    private readonly Signal _arrived = new();
    private readonly Signal _taken = new();
    private Exception? _error;
    private bool _isComplete;

    /// <summary>What was let go comes again with the next connection.</summary>
    internal bool IsBehind { get; private set; }

    internal bool HasRoom
    {
        get
        {
            lock (_gate)
                return _items.Count < capacity;
        }
    }

    /// <summary>Called when all was read while events had been let go.</summary>
    internal Action? Drained { get; set; }

    internal Task WhenTaken() => _taken.Wait();

    /// <summary>False: it is full, or behind.</summary>
    internal bool TryAdd(Update update, params ReadOnlySpan<Mark> marks)
    {
        lock (_gate)
        {
            if (IsBehind || _items.Count >= capacity)
                return false;
            _items.Enqueue(new Item(update, marks.ToArray()));
        }
        _arrived.Set();
        return true;
    }

    /// <summary>For what may be lost: half of the room is left for events.</summary>
    internal void Offer(Update update)
    {
        lock (_gate)
        {
            if (IsBehind || _items.Count >= capacity / 2)
                return;
            _items.Enqueue(new Item(update, []));
        }
        _arrived.Set();
    }

    /// <summary>For what is told once only and is bounded elsewhere.</summary>
    internal void Add(Update update)
    {
        lock (_gate)
            _items.Enqueue(new Item(update, []));
        _arrived.Set();
    }

    internal void FallBehind()
    {
        lock (_gate)
            IsBehind = true;
    }

    /// <summary>A new connection begins: it brings what was let go.</summary>
    internal void CatchUp()
    {
        lock (_gate)
            IsBehind = false;
    }

    internal void Complete(Exception? error)
    {
        lock (_gate)
        {
            _isComplete = true;
            _error ??= error;
        }
        _arrived.Set();
    }

    /// <summary>A client that failed to connect may try again.</summary>
    internal void Reopen()
    {
        lock (_gate)
            (_isComplete, _error) = (false, null);
    }

    /// <summary>Null at the end.</summary>
    /// <exception cref="LoginRequiredException">The end is that nobody is let in.</exception>
    internal async ValueTask<Item?> TakeAsync(CancellationToken cancel)
    {
        while (true)
        {
            var arrival = _arrived.Wait();
            var isDrained = false;
            lock (_gate)
            {
                if (_items.TryDequeue(out var item))
                {
                    _taken.Set();
                    return item;
                }
                isDrained = IsBehind;
                if (_isComplete)
                    return _error is null ? null : throw _error;
            }
            if (isDrained)
                Drained?.Invoke();
            await arrival.WaitAsync(cancel);
        }
    }

    internal readonly record struct Item(Update Update, Mark[] Marks);
}

/// <summary>Where a room stands once an update was read.</summary>
/// <param name="Seq">Null: it is not followed any more.</param>
internal readonly record struct Mark(Guid Room, long? Seq);
