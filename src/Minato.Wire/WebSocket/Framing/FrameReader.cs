using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;

namespace Minato.Wire.WebSocket.Framing;

/// <summary>
/// Reads whole messages out of one client's bytes, as strictly as RFC 6455 asks a server to and without extensions. What is wrong is said
/// as soon as it can be known: of a header before its payload, of a text before it is whole. One for each connection, used by its read
/// loop alone. Memory is rented for what has arrived of a message, and given back by the call after it.
/// </summary>
/// <param name="maxMessage">The most payload bytes of a message, all its fragments together. More is refused by its header alone.</param>
public sealed class FrameReader(int maxMessage) : IDisposable
{
    private PayloadBuffer _data;
    private PayloadBuffer _control;
    private Utf8Progress _text;
    private MessageKind? _fragmented;

    /// <summary>The frame whose payload arrives, and what is still to come of it.</summary>
    private FrameHeader? _frame;
    private int _missing;
    private uint _key;
    private bool _wasHandedOut;
    private bool _isOver;

    /// <summary>
    /// The next whole message. False when the input holds none: what is left of it, if anything, is the beginning of a header
    /// and must be given again with what follows. After <see cref="MessageKind.Close"/> or <see cref="MessageKind.Violation"/>
    /// nothing is read any more: all input is consumed and thrown away.
    /// </summary>
    public bool TryRead(ref ReadOnlySequence<byte> input, out WebSocketMessage message)
    {
        message = default;
        Release();
        while (!_isOver)
        {
            if (_frame is null && !TryBegin(ref input, out var wrong))
                return wrong is { } violation && Violate(violation, ref input, out message);

            var frame = _frame!.Value;
            TakePayload(frame, ref input);
            if (!frame.IsControl && KindOf(frame) == MessageKind.Text && !_text.CanBecomeValid(_data.Written.Span))
                return Violate(NotUtf8, ref input, out message);
            if (_missing > 0)
                return false;

            _frame = null;
            if (frame.IsControl ? TakeControl(frame, out message) : TryTakeData(frame, out message))
                return message.Kind != MessageKind.Violation || Violate(message, ref input, out message);
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

    private bool TryBegin(ref ReadOnlySequence<byte> input, out WebSocketMessage? violation)
    {
        violation = null;
        if (!FrameHeader.TryRead(input, out var header, out var wrong))
        {
            violation = wrong.Length > 0 ? Violation(CloseCode.ProtocolError, wrong) : null;
            return false;
        }

        violation = WrongHere(header);
        if (violation is not null || input.Length < header.Size)
            return false;

        input = input.Slice(header.Size);
        (_frame, _missing, _key) = (header, (int)header.PayloadLength, header.Key);
        return true;
    }

    // What the frames before it make wrong about a frame that is right by itself.
    private WebSocketMessage? WrongHere(in FrameHeader header)
    {
        if (header.IsControl)
            return null;
        if (header.Opcode == Opcode.Continuation && _fragmented is null)
            return Violation(CloseCode.ProtocolError, "A continuation frame continues nothing.");
        if (header.Opcode != Opcode.Continuation && _fragmented is not null)
            return Violation(CloseCode.ProtocolError, "A message began before the fragments of the last one ended.");
        return header.PayloadLength > maxMessage - _data.Length
            ? Violation(CloseCode.TooBig, $"A message may have at most {maxMessage} bytes.")
            : null;
    }

    private void TakePayload(in FrameHeader frame, ref ReadOnlySequence<byte> input)
    {
        var payload = input.Slice(0, Math.Min(input.Length, _missing));
        var length = (int)payload.Length;
        if (length == 0)
            return;

        Masking.Unmask(payload, frame.IsControl ? _control.Extend(length) : _data.Extend(length), _key);
        _key = Masking.Rotate(_key, length);
        _missing -= length;
        input = input.Slice(payload.End);
    }

    private MessageKind KindOf(in FrameHeader frame) => _fragmented ?? (frame.Opcode == Opcode.Text ? MessageKind.Text : MessageKind.Binary);

    private bool TryTakeData(in FrameHeader frame, out WebSocketMessage message)
    {
        message = default;
        var kind = KindOf(frame);
        _fragmented = frame.IsFinal ? null : kind;
        if (!frame.IsFinal)
            return false;

        _wasHandedOut = true;
        message = kind == MessageKind.Text && !_text.IsWhole(_data.Length) ? NotUtf8 : new(kind, _data.Written);
        _text = default;
        return true;
    }

    private bool TakeControl(in FrameHeader frame, out WebSocketMessage message)
    {
        message = frame.Opcode switch
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

    private static WebSocketMessage NotUtf8 => Violation(CloseCode.InvalidPayload, "A text message is not valid UTF-8.");

    private bool Violate(in WebSocketMessage violation, ref ReadOnlySequence<byte> input, out WebSocketMessage message)
    {
        message = violation;
        Dispose();
        input = input.Slice(input.End);
        return true;
    }

    private void Release()
    {
        if (_frame is not { IsControl: true })
            _control.Clear();
        if (_wasHandedOut)
            _data.Clear();
        _wasHandedOut = false;
    }
}
