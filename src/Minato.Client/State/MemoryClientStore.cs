namespace Minato.Client;

/// <summary>Remembers as long as it lives: a client that takes up another's store goes on as the same user.</summary>
public sealed class MemoryClientStore : IClientStore
{
    private readonly ClientState _state = new();

    public ClientState Load()
    {
        var copy = new ClientState();
        foreach (var change in _state.Changes())
            copy.Apply(change);
        return copy;
    }

    public void Save(IReadOnlyList<StateChange> changes)
    {
        foreach (var change in changes)
            _state.Apply(change);
    }

    public void Dispose()
    {
        // Nothing is held; the next client may take it up.
    }
}
