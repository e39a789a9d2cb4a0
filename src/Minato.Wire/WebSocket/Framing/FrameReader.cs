using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;

namespace Minato.Wire.WebSocket.Framing;

/// <summary>
/// Reads whole messages out of one client's bytes, as strictly as RFC 6455 asks a server to and without extensions.
/// One for each connection, used by its read loop alone. Memory is rented for a message under way and given back by the call after it.
/// </summary>
/// <param name="maxMessage">
/// The most payload bytes of a message, all its fragments together. More is refused by its header alone. The caller's pipe
/// must be able to hold this much and 14 bytes of header, since a frame is taken from it only as a whole.
/// </param>
public sealed class FrameReader(int maxMessage) : IDisposable
{
    private PayloadBuffer _data;
    private PayloadBuffer _control;
    private MessageKind? _fragmented;
    private bool _wasHandedOut;
    private bool _isOver;

    /// <summary>
    /// The next whole message, and consumes it. False when the input holds none: what is left of it belongs to an unfinished frame
    /// and must be given again with what follows. After <see cref="MessageKind.Close"/> or <see cref="MessageKind.Violation"/>
    /// nothing is read any more: all input is consumed and thrown away.
    /// </summary>
    public bool TryRead(ref ReadOnlySequence<byte> input, out WebSocketMessage message)
    {
        message = default;
        Release();
        while (!_isOver)
        {
            if (!FrameHeader.TryRead(input, out var header, out var wrong))
                return wrong.Length > 0 && Violate(CloseCode.ProtocolError, wrong, ref input, out message);
            if (WrongHere(header) is var (code, sentence))
                return Violate(code, sentence, ref input, out message);
            if (input.Length < header.Size + header.PayloadLength)
                return false;

            var payload = input.Slice(header.Size, header.PayloadLength);
            input = input.Slice(payload.End);
            if (header.IsControl ? TakeControl(header, payload, out message) : TryTakeData(header, payload, out message))
                return message.Kind != MessageKind.Violation || Violate(message.CloseCode, message.Reason, ref input, out message);
        }

        input = input.Slice(input.End);
        return false;
    }

    /// <summary>Gives back what is rented; payloads handed out are then no longer valid.</summary>
    public void Dispose()
    {
        _isOver = true;
        _data.Clear();
        _control.Clear();
    }

    // What the frames before it make wrong about a frame that is right by itself.
    private (int Code, string Sentence)? WrongHere(in FrameHeader header)
    {
        if (header.IsControl)
            return null;
        if (header.Opcode == Opcode.Continuation && _fragmented is null)
            return (CloseCode.ProtocolError, "A continuation frame continues nothing.");
        if (header.Opcode != Opcode.Continuation && _fragmented is not null)
            return (CloseCode.ProtocolError, "A message began before the fragments of the last one ended.");
        return header.PayloadLength > maxMessage - _data.Length
            ? (CloseCode.TooBig, $"A message may have at most {maxMessage} bytes.")
            : null;
    }

    private bool TryTakeData(in FrameHeader header, in ReadOnlySequence<byte> payload, out WebSocketMessage message)
    {
        message = default;
        Masking.Unmask(payload, _data.Extend((int)payload.Length), header.Key);
        var kind = _fragmented ?? (header.Opcode == Opcode.Text ? MessageKind.Text : MessageKind.Binary);
        _fragmented = header.IsFinal ? null : kind;
        if (!header.IsFinal)
            return false;

        _wasHandedOut = true;
        message = kind == MessageKind.Text && !Utf8.IsValid(_data.Written.Span)
            ? Violation(CloseCode.InvalidPayload, "A text message is not valid UTF-8.")
            : new(kind, _data.Written);
        return true;
    }

    private bool TakeControl(in FrameHeader header, in ReadOnlySequence<byte> payload, out WebSocketMessage message)
    {
        Masking.Unmask(payload, _control.Extend((int)payload.Length), header.Key);
        message = header.Opcode switch
        {
            Opcode.Ping => new(MessageKind.Ping, _control.Written),
            Opcode.Pong => new(MessageKind.Pong, _control.Written),
            _ => ReadClose(_control.Written),
        };
        _isOver = message.Kind == MessageKind.Close;
        return true;
    }

    // close payload = [ code:16 reason:UTF-8 ]   https://www.rfc-editor.org/rfc/rfc6455#section-5.5.1
    private static WebSocketMessage ReadClose(ReadOnlyMemory<byte> payload)
    {
        if (payload.IsEmpty)
            return new(MessageKind.Close, payload, CloseCode.NoStatus);
        if (payload.Length == 1)
            return Violation(CloseCode.ProtocolError, "A close frame has half a code.");

        var code = BinaryPrimitives.ReadUInt16BigEndian(payload.Span);
        if (!CloseCode.MayBeSent(code))
            return Violation(CloseCode.ProtocolError, "A close frame has a code that must not be sent.");
        return Utf8.IsValid(payload.Span[2..])
            ? new(MessageKind.Close, payload[2..], code)
            : Violation(CloseCode.InvalidPayload, "The reason of a close frame is not valid UTF-8.");
    }

    private static WebSocketMessage Violation(int code, string sentence) => new(MessageKind.Violation, default, code, sentence);

    private bool Violate(int code, string sentence, ref ReadOnlySequence<byte> input, out WebSocketMessage message)
    {
        Dispose();
        input = input.Slice(input.End);
        message = Violation(code, sentence);
        return true;
    }

    private void Release()
    {
        _control.Clear();
        if (_wasHandedOut)
            _data.Clear();
        _wasHandedOut = false;
    }
}
