using System.Text;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.MicroBench;

/// <summary>A message of 100 bytes in a room, and who said it.</summary>
internal static class Said
{
    internal static readonly Room Room = new(new RoomId(1), Guid.CreateVersion7(), RoomKind.Public, "lobby", "Lobby", "", Archived: false);

    internal static readonly string Text = new('x', 100);

    internal static readonly Posted Event = new(
        Room.Id, 123_456, 123_400, new User(new UserId(1), Guid.CreateVersion7(), UserKind.Guest, "guest-7f3a"), 1_790_000_000_000, MessageBody.FromStore(Encoding.UTF8.GetBytes(Text)));
}
