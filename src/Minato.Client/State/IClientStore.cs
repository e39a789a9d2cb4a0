namespace Minato.Client;

/// <summary>What a client remembers over its own restarts. Called by one thread at a time.</summary>
public interface IClientStore : IDisposable
{
    /// <summary>What is remembered; empty at first.</summary>
    ClientState Load();

    /// <summary>Remembers these, in this order; all of it is as safe as the store makes it when this returns.</summary>
    /// <exception cref="IOException">Nothing is known about them: they may be there or not.</exception>
    void Save(IReadOnlyList<StateChange> changes);
}
