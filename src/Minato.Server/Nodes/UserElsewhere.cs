using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Server.Nodes;

/// <summary>A user as another node left them: what is new in it is found by whoever knows them here.</summary>
/// <param name="Rooms">Those that they are a member of.</param>
internal sealed record UserElsewhere(User User, IReadOnlyList<RoomId> Rooms) : Outcome
{
    /// <summary>They are called otherwise than before, though nobody here may know how.</summary>
    internal bool IsRenamed { get; init; }

    /// <summary>Which of their connections here end with it.</summary>
    internal Ending Ending { get; init; } = Ending.None;
}

/// <summary>Somebody came into a room or went from it by another node, and is so still: told to those of their sessions that do not know it by the room's log.</summary>
internal sealed record MovedElsewhere(Logged Move) : Outcome;
