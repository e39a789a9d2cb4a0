using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>An entry of the outbox in memory.</summary>
internal sealed class PendingMutation(OutboxEntry entry, string lane, TaskCompletionSource<OkFrame>? answer)
{
    internal OutboxEntry Entry => entry;

    /// <summary>What keeps its order: a room, or everything that is about none.</summary>
    internal string Lane => lane;

    /// <summary>Null for what an earlier run left behind: nobody awaits it.</summary>
    internal TaskCompletionSource<OkFrame>? Answer => answer;

    /// <summary>Nothing goes out that a restart would forget.</summary>
    internal bool IsStored { get; set; }

    internal bool IsInFlight { get; set; }
}
