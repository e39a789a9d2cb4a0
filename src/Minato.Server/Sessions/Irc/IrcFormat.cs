using System.Buffers;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Rooms;
using Minato.Wire.Irc;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Sessions.Irc;

/// <summary>How a room is told to IRC clients of one set of capabilities.</summary>
/// <param name="frames">On a WebSocket the kind of message that each line is; null: lines.</param>
internal sealed class IrcFormat(IrcNetwork network, IrcCaps caps, Opcode? frames = null) : WireFormat
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _lines;

    internal IrcEventWriter Writer { get; } = new(caps, network.Server, network);

    internal override bool TellsOfPeople => true;

    internal override byte[]? Arrived(Room room, User user) => InChannel(room, (output, channel) => Writer.Joined(output, channel, user, network.Now));

    internal override byte[]? Departed(Room room, User user, string? reason) =>
        InChannel(room, (output, channel) => Writer.Parted(output, channel, user, reason, network.Now));

    internal override bool HasOwnWords(RoomEvent ev) => ev is SlugChanged && !caps.HasFlag(IrcCaps.ChannelRename);

    /// <summary>To a client that does not know RENAME, the channel is another; but for one that takes both names for one.</summary>
    protected override byte[] OwnWords(Session session, Room room, RoomEvent ev)
    {
        if (ev is not SlugChanged changed || session is not IrcSession { You: { } you } client || IrcNames.AreOneToClients(changed.Was, changed.Slug))
            return [];
        client.Channels.OnMoved(room.Id);
        return Framed(Written(output => Writer.Moved(output, you, changed)));
    }

    /// <summary>One event for one receiver.</summary>
    internal byte[] One(Room room, RoomEvent ev, string? label) => Framed(Written(output => Writer.Event(output, room, ev, label)));

    /// <summary>Lines, as they are sent.</summary>
    internal byte[] Framed(ReadOnlySpan<byte> lines)
    {
        if (frames is not { } opcode)
            return lines.ToArray();
        var output = new ArrayBufferWriter<byte>(lines.Length + 16);
        IrcFrames.Write(output, lines, opcode);
        return output.WrittenSpan.ToArray();
    }

    internal static byte[] Written(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>(256);
        write(output);
        return output.WrittenSpan.ToArray();
    }

    protected override void Write(IBufferWriter<byte> output, Room room, RoomEvent ev)
    {
        if (frames is not { } opcode)
        {
            Writer.Event(output, room, ev);
            return;
        }
        var lines = _lines ??= new ArrayBufferWriter<byte>(4096);
        lines.ResetWrittenCount();
        Writer.Event(lines, room, ev);
        IrcFrames.Write(output, lines.WrittenSpan, opcode);
    }

    private byte[]? InChannel(Room room, Action<IBufferWriter<byte>, string> write) =>
        IrcNames.ChannelOf(room) is { } channel ? Framed(Written(output => write(output, channel))) : null;
}
