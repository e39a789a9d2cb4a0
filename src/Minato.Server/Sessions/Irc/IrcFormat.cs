using System.Buffers;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Rooms;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>How a room is told to IRC clients of one set of capabilities.</summary>
internal sealed class IrcFormat(IrcNetwork network, IrcCaps caps) : WireFormat
{
    internal IrcEventWriter Writer { get; } = new(caps, IrcNetwork.Server, network);

    internal override bool TellsOfPeople => true;

    internal override byte[]? Arrived(Room room, User user) => InChannel(room, (output, channel) => Writer.Joined(output, channel, user, network.Now));

    internal override byte[]? Departed(Room room, User user, string? reason) =>
        InChannel(room, (output, channel) => Writer.Parted(output, channel, user, reason, network.Now));

    /// <summary>One event for one receiver.</summary>
    internal byte[] One(Room room, RoomEvent ev, string? label) => Written(output => Writer.Event(output, room, ev, label));

    internal static byte[] Written(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>(256);
        write(output);
        return output.WrittenSpan.ToArray();
    }

    protected override void Write(IBufferWriter<byte> output, Room room, RoomEvent ev) => Writer.Event(output, room, ev);

    private static byte[]? InChannel(Room room, Action<IBufferWriter<byte>, string> write) =>
        IrcNames.ChannelOf(room) is { } channel ? Written(output => write(output, channel)) : null;
}
