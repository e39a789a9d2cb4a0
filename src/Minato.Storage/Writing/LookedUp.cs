using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Writing;

/// <summary>What an engine behind a network asks beforehand for a whole batch, besides rooms, users and places.</summary>
internal sealed class LookedUp
{
    /// <summary>The first answers to the batch's client ids, as far as there are any.</summary>
    internal Dictionary<(UserId User, ClientId Cid), FirstAnswer> Answers { get; } = [];

    internal Dictionary<(RoomId Room, UserId User), long> ReadPositions { get; } = [];

    /// <summary>The newest post at or below a seq that somebody has read.</summary>
    internal Dictionary<(RoomId Room, long Seq), long> PostNumbers { get; } = [];

    /// <summary>Whose read position is on its way: a second row for the same cannot go with the first.</summary>
    internal HashSet<(RoomId Room, UserId User)> Moved { get; } = [];

    /// <summary>Who does not want to hear whom, among those who share one of the batch's direct rooms.</summary>
    internal HashSet<(UserId User, UserId Blocked)> Blocks { get; } = [];

    internal void Clear()
    {
        Blocks.Clear();
        Answers.Clear();
        ReadPositions.Clear();
        PostNumbers.Clear();
        Moved.Clear();
    }
}
