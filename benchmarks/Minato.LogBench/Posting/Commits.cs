using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.LogBench.Measuring;

namespace Minato.LogBench.Posting;

/// <summary>
/// Watches a store's commits: how many posts went into each, and how long it took. A proxy, because of all that a store does only
/// this is of interest here; it costs about a microsecond for each commit, and the watched side pays it.
/// </summary>
[SuppressMessage("Performance", "CA1852", Justification = "The proxy is a type derived from it, made at run time.")]
internal class Commits : DispatchProxy
{
    private IStore _inner = null!;
    private long _ticks;

    internal IStore Store => (IStore)(object)this;

    /// <summary>Posts in each commit that had any.</summary>
    internal List<int> Sizes { get; } = [];

    /// <summary>Time inside the store's commits.</summary>
    internal TimeSpan Busy => TimeSpan.FromSeconds((double)_ticks / Stopwatch.Frequency);

    /// <summary>What follows each commit: nothing, or a checkpoint.</summary>
    internal Timings Upkeep { get; } = new();

    internal static Commits Watch(IStore store)
    {
        var proxy = (Commits)(object)Create<IStore, Commits>();
        proxy._inner = store;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod?.Name == nameof(IStore.MaintainAsync))
        {
            Core.Storage.Upkeep? done = null;
            Upkeep.Take(() => done = _inner.MaintainAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult());
            return new ValueTask<Core.Storage.Upkeep>(done!);
        }
        if (targetMethod?.Name != nameof(IStore.CommitAsync))
            return targetMethod!.Invoke(_inner, args);
        var batch = (IReadOnlyList<Command>)args![0]!;
        var start = Stopwatch.GetTimestamp();
        // The writer's thread would wait for it, too.
        var outcomes = _inner.CommitAsync(batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        _ticks += Stopwatch.GetTimestamp() - start;
        if (batch.Count(c => c is Post) is var posts and > 0)
            Sizes.Add(posts);
        return new ValueTask<IReadOnlyList<Outcome>>(outcomes);
    }
}
