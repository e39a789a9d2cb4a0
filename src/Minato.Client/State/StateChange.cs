using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>One step of what a client remembers.</summary>
public abstract record StateChange;

/// <param name="Token">A secret: whoever has it is this user.</param>
public sealed record SessionKept(string Token) : StateChange;

/// <summary>Whose session it is.</summary>
public sealed record IdentityKept(Guid You) : StateChange;

/// <summary>Everything up to this seq was read.</summary>
public sealed record CursorMoved(Guid Room, long Seq) : StateChange;

public sealed record CursorForgotten(Guid Room) : StateChange;

public sealed record EntryAdded(OutboxEntry Entry) : StateChange;

public sealed record EntryRemoved(string Cid) : StateChange;

/// <summary>A mutation on its way.</summary>
/// <param name="At">When it was given to the client, milliseconds since 1970 UTC by this machine's clock.</param>
/// <param name="Owner">Who wrote it; null: a guest who was nobody yet.</param>
public sealed record OutboxEntry(MutationFrame Frame, long At, Guid? Owner)
{
    public string Cid => Frame.Cid.Value;
}
