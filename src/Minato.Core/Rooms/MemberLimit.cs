namespace Minato.Core.Rooms;

/// <summary>How many members a room takes. Without it: anybody. Who is in stays, and who is invited comes all the same.</summary>
public static class MemberLimit
{
    /// <summary>Members.</summary>
    public const long Min = 1;

    /// <summary>Members; more than any room is meant for. An open chat of LINE takes 10,000.</summary>
    public const long Max = 1_000_000;

    public static bool IsValid(long members) => members is >= Min and <= Max;
}
