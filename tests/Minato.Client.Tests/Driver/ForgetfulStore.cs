namespace Minato.Client.Tests.Driver;

/// <summary>A store that loses the outbox.</summary>
internal sealed class ForgetfulStore(IClientStore inner) : IClientStore
{
    public ClientState Load() => inner.Load();

    public void Save(IReadOnlyList<StateChange> changes) => inner.Save([.. changes.Where(c => c is not EntryAdded)]);

    public void Dispose() => inner.Dispose();
}
