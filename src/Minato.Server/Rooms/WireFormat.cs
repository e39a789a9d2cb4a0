using System.Buffers;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Sessions;
using Minato.Wire.Lines;
using Minato.Wire.WebSocket.Frames;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Rooms;

/// <summary>How events look on one kind of wire. A run is encoded once for each format in use, whoever and however many receive it.</summary>
internal abstract class WireFormat
{
    internal static readonly WireFormat WebSocket = new WebSocketFormat();
    internal static readonly WireFormat CrLfLines = new LineFormat(LineWriter.CrLf);
    internal static readonly WireFormat LfLines = new LineFormat(LineWriter.Lf);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _output;

    /// <summary>
    /// A piece ends with the event that reaches this: far below what may wait for one peer, so that a burst of long messages
    /// is a few pieces and never one that no send queue could take.
    /// </summary>
    private const int PieceBytes = 64 * 1024;

    /// <summary>The run's bytes, whole events, in pieces of their own that every receiver shares.</summary>
    internal IEnumerable<byte[]> Encode(Room room, IReadOnlyList<RoomEvent> run)
    {
        for (var next = 0; next < run.Count;)
        {
            var piece = EncodePiece(room, run, ref next);
            if (piece.Length > 0)
                yield return piece;
        }
    }

    /// <summary>The run in one piece, for what is bounded by whoever keeps it.</summary>
    /// <param name="ends">Where each event ends, behind a first 0.</param>
    internal byte[] Encode(Room room, IReadOnlyList<RoomEvent> run, out int[] ends)
    {
        var output = _output ??= new ArrayBufferWriter<byte>(4096);
        output.ResetWrittenCount();
        ends = new int[run.Count + 1];
        for (var i = 0; i < run.Count; i++)
        {
            Write(output, room, run[i]);
            ends[i + 1] = output.WrittenCount;
        }
        return output.WrittenSpan.ToArray();
    }

    private byte[] EncodePiece(Room room, IReadOnlyList<RoomEvent> run, ref int next)
    {
        var output = _output ??= new ArrayBufferWriter<byte>(4096);
        output.ResetWrittenCount();
        do
            Write(output, room, run[next++]);
        while (next < run.Count && output.WrittenCount < PieceBytes);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Part of a run for one receiver, who is told some of it in words of their own.</summary>
    internal IEnumerable<byte[]> EncodeFor(Session session, Room room, IReadOnlyList<RoomEvent> part)
    {
        if (!HaveOwnWords(part))
            return Encode(room, part);
        return part.SelectMany(ev => HasOwnWords(ev) ? [OwnWords(session, room, ev)] : Encode(room, [ev])).Where(bytes => bytes.Length > 0);
    }

    /// <summary>Whether one of them does, <see cref="HasOwnWords"/>.</summary>
    internal bool HaveOwnWords(IReadOnlyList<RoomEvent> run)
    {
        for (var i = 0; i < run.Count; i++)
            if (HasOwnWords(run[i]))
                return true;
        return false;
    }

    /// <summary>Whether each receiver is told of the event in words that are theirs alone: a run says nothing of it, and <see cref="OwnWords"/> does.</summary>
    internal virtual bool HasOwnWords(RoomEvent ev) => false;

    /// <summary>What one receiver is told of such an event. Under the room's lock.</summary>
    protected virtual byte[] OwnWords(Session session, Room room, RoomEvent ev) => [];

    protected abstract void Write(IBufferWriter<byte> output, Room room, RoomEvent ev);

    /// <summary>Whether its receivers are told of each one who comes and goes, in order with what is said.</summary>
    internal virtual bool TellsOfPeople => false;

    /// <summary>Somebody is in the room now. Null: it is not told of.</summary>
    internal virtual byte[]? Arrived(Room room, User user) => null;

    /// <summary>Somebody is in the room no more. Null: it is not told of.</summary>
    internal virtual byte[]? Departed(Room room, User user, string? reason) => null;

    private sealed class WebSocketFormat : WireFormat
    {
        protected override void Write(IBufferWriter<byte> output, Room room, RoomEvent ev)
        {
            var frames = Frames.OfThisThread;
            frames.Event(room, ev);
            FrameWriter.WriteText(output, frames.Json);
        }
    }

    private sealed class LineFormat(LineWriter lines) : WireFormat
    {
        protected override void Write(IBufferWriter<byte> output, Room room, RoomEvent ev) => lines.Event(output, room, ev);
    }
}

/// <summary>A frame writer for each thread that writes frames.</summary>
internal static class Frames
{
    [ThreadStatic]
    private static ServerFrameWriter? _writer;

    internal static ServerFrameWriter OfThisThread => _writer ??= new ServerFrameWriter();

    /// <summary>The frame just written, as a whole WebSocket frame in bytes of its own.</summary>
    internal static byte[] Framed(this ServerFrameWriter writer)
    {
        var output = new ArrayBufferWriter<byte>(writer.Json.Length + 10);
        FrameWriter.WriteText(output, writer.Json);
        return output.WrittenSpan.ToArray();
    }
}
