using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Events;

/// <param name="On">What is restricted from now on, and was not.</param>
/// <param name="Off">What is restricted no more.</param>
public sealed record RestrictionsChanged(RoomId Room, long Seq, long Ts, User From, Restrictions On, Restrictions Off) : RoomEvent(Room, Seq, Ts, From)
{
    public override EventKind Kind => EventKind.RestrictionsChanged;
}

/// <param name="Members">Null: none.</param>
public sealed record MemberLimitChanged(RoomId Room, long Seq, long Ts, User From, long? Members) : RoomEvent(Room, Seq, Ts, From)
{
    public override EventKind Kind => EventKind.MemberLimitChanged;
}

/// <param name="Pattern">See <see cref="UserPattern"/>; empty where it was erased with the text of that time.</param>
/// <param name="On">False: it is in the list no more.</param>
public sealed record PatternChanged(RoomId Room, long Seq, long Ts, User From, PatternList List, string Pattern, bool On) : RoomEvent(Room, Seq, Ts, From)
{
    public override EventKind Kind => EventKind.PatternChanged;
}

/// <summary>The key itself is in no log: who reads it may not be one who has it.</summary>
/// <param name="On">False: there is none any more.</param>
public sealed record KeyChanged(RoomId Room, long Seq, long Ts, User From, bool On) : RoomEvent(Room, Seq, Ts, From)
{
    public override EventKind Kind => EventKind.KeyChanged;
}
