using Minato.Core.Rooms;

namespace Minato.Storage.Postgres.Search;

/// <summary>Gives each message a place of its own in the order of results: its millisecond, then which of it.</summary>
internal static class Places
{
    /// <summary>A million places in a millisecond: of a batch, which has one time, no two posts of a room meet, and rooms hardly ever.</summary>
    private const int BitsWithin = 20, BitsOfSeq = 10;

    internal static long First(RoomId room, long seq, long ts)
    {
        var ofRoom = (uint)room.Value * 2_654_435_761 >> (32 - (BitsWithin - BitsOfSeq));
        return (ts << BitsWithin) | ((seq & ((1 << BitsOfSeq) - 1)) << (BitsWithin - BitsOfSeq)) | ofRoom;
    }

    /// <summary>Whether a message of that time would have such a place. In another log the same message may be of another day.</summary>
    internal static bool IsOf(long place, long ts) => Math.Abs((place >> BitsWithin) - ts) < 60_000;
}
