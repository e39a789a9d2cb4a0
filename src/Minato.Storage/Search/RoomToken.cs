using Minato.Core.Rooms;
using Minato.Core.Search;

namespace Minato.Storage.Search;

/// <summary>A token of every message of a room. No body has it: private-use characters are no letters to <see cref="BodyTokens"/>.</summary>
internal static class RoomToken
{
    internal static string Of(RoomId room) => $"\uE000{room.Value}";
}
