using System.Collections.Concurrent;

namespace Minato.Server.Tests.Scheduling;

/// <summary>
/// One thing at a time, in an order that a list of numbers decides. Whatever is awaited comes back through here, since this is the
/// synchronisation context of all that runs; and who asks the store pauses before and after its answer. Each thread that pauses is
/// a real one, so that code which blocks on an answer is scheduled like code that awaits it.
/// </summary>
internal sealed class Schedule(IReadOnlyList<int> choices) : SynchronizationContext, IDisposable
{
    private static readonly ConcurrentBag<Carrier> IdleCarriers = [];

    private readonly SemaphoreSlim _back = new(0);
    private readonly List<Fiber> _ready = [];
    private Fiber? _running;
    private bool _abandoned;
    private int _next;

    /// <summary>What was done, in order; for whoever has to understand a failure.</summary>
    public List<string> Trace { get; } = [];

    public bool HasChoices => _next < choices.Count;

    public int Ready => _ready.Count;

    /// <summary>True: nobody pauses; for getting somewhere, and where the order does not matter any more.</summary>
    public bool Hurries { get; set; }

    /// <summary>The next number of the list; 0 when it is used up.</summary>
    public int Choose() => HasChoices ? choices[_next++] : 0;

    /// <summary>Something that may run from now on, when it is its turn.</summary>
    public void Begin(string name, Action act) => _ready.Add(new Fiber(name, act));

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_ready)
            if (!_abandoned)
                _ready.Add(new Fiber(_running is { } by ? $"{by.Name.TrimEnd('…')}…" : "somebody…", () => d(state)));
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Here somebody else may come first.</summary>
    public void Pause(string at)
    {
        if (_running is not { } me || _abandoned || Hurries)
            return;
        me.At = at;
        _ready.Add(me);
        _back.Release();
        me.Go.Wait();
    }

    /// <summary>Lets one that is ready go on, until it ends or pauses.</summary>
    public void Run(int which)
    {
        var fiber = _ready[which];
        _ready.RemoveAt(which);
        Trace.Add($"{fiber.Name}{(fiber.At is { } at ? $", after {at}" : "")}");
        _running = fiber;
        if (fiber.Carrier is { } carrier)
            fiber.Go.Release();
        else
        {
            fiber.Carrier = carrier = IdleCarriers.TryTake(out var idle) ? idle : new Carrier();
            carrier.Carry(() => Carry(fiber));
        }
        if (!_back.Wait(TimeSpan.FromSeconds(60)))
            throw new InvalidOperationException($"{fiber.Name} waits for somebody without saying so: a lock that is held across a question to the store?");
        _running = null;
        if (fiber.Failure is { } failure)
            throw new InvalidOperationException($"{fiber.Name} failed: {failure.Message}", failure);
    }

    /// <summary>Lets everybody go on who can, but for those who pause at one point.</summary>
    public void RunAll(string? holding = null)
    {
        while (_ready.FindIndex(f => holding is null || f.At != holding) is >= 0 and var which)
            Run(which);
    }

    /// <summary>Lets one go on who pauses at a point.</summary>
    public void Pass(string at) => Run(_ready.FindIndex(f => f.At == at));

    /// <summary>Whoever is still under way runs to its end, unheard.</summary>
    public void Dispose()
    {
        lock (_ready)
            _abandoned = true;
        foreach (var fiber in _ready)
            fiber.Go.Release();
    }

    private void Carry(Fiber fiber)
    {
        SetSynchronizationContext(this);
        try
        {
            fiber.Act();
        }
        catch (Exception e)
        {
            fiber.Failure = e;
        }
        var carrier = fiber.Carrier!;
        if (_abandoned)
            return;
        IdleCarriers.Add(carrier);
        _back.Release();
    }

    private sealed class Fiber(string name, Action act)
    {
        public string Name => name;

        public Action Act => act;

        public SemaphoreSlim Go { get; } = new(0);

        public string? At { get; set; }

        public Carrier? Carrier { get; set; }

        public Exception? Failure { get; set; }
    }

    /// <summary>A thread that carries one fiber after the other.</summary>
    private sealed class Carrier
    {
        private SemaphoreSlim Loaded { get; } = new(0);
        private Action _act = () => { };

        public Carrier() => new Thread(Run) { IsBackground = true, Name = "scheduled" }.Start();

        public void Carry(Action act)
        {
            _act = act;
            Loaded.Release();
        }

        private void Run()
        {
            while (true)
            {
                Loaded.Wait();
                _act();
            }
        }
    }
}
