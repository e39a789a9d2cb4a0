using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Events;

/// <summary>Something was done with a message that was there.</summary>
/// <param name="Target">The seq of the message.</param>
public abstract record MessageEvent(RoomId Room, long Seq, long Ts, User From, long Target) : RoomEvent(Room, Seq, Ts, From);

/// <param name="Body">Null when it was erased since.</param>
public sealed record Edited(RoomId Room, long Seq, long Ts, User From, long Target, MessageBody? Body)
    : MessageEvent(Room, Seq, Ts, From, Target)
{
    public override EventKind Kind => EventKind.Edited;
}

public sealed record Deleted(RoomId Room, long Seq, long Ts, User From, long Target) : MessageEvent(Room, Seq, Ts, From, Target)
{
    public override EventKind Kind => EventKind.Deleted;
}

public sealed record Reacted(RoomId Room, long Seq, long Ts, User From, long Target, string Emoji, bool On)
    : MessageEvent(Room, Seq, Ts, From, Target)
{
    public override EventKind Kind => EventKind.Reacted;
}

public sealed record PinChanged(RoomId Room, long Seq, long Ts, User From, long Target, bool On)
    : MessageEvent(Room, Seq, Ts, From, Target)
{
    public override EventKind Kind => EventKind.PinChanged;
}
