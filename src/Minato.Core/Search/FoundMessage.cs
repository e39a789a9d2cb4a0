using Minato.Core.Messages;
using Minato.Core.Rooms;

namespace Minato.Core.Search;

/// <summary>A message that somebody may see, as it is now, without its reactions; and where it stands, without a direct room's users.</summary>
public sealed record FoundMessage(Room Room, Message Message);
