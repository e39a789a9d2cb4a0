using Minato.Tests.Kit;

namespace Minato.Client.Tests;

/// <summary>A disk that is slow, or full.</summary>
internal sealed class GatedStore : IClientStore
{
    private readonly MemoryClientStore _inner = new();
    private readonly ManualResetEventSlim _open = new();

    internal bool IsFull { get; set; }

    internal void Open() => _open.Set();

    public ClientState Load() => _inner.Load();

    public void Save(IReadOnlyList<StateChange> changes)
    {
        if (!changes.Any(c => c is EntryAdded))
            return;
        _open.Wait(Patience.Long);
        if (IsFull)
            throw new IOException("The disk is full.");
        _inner.Save(changes);
    }

    public void Dispose()
    {
        _open.Dispose();
        _inner.Dispose();
    }
}
