using System.Buffers;
using Minato.Server.Rooms;
using Minato.Wire.WebSocket.Frames;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>
/// What comes from one client: takes messages off the connection, answers what is the transport's own or malformed, and hands the
/// frames on, one after the other.
/// </summary>
internal sealed class FrameInput(WebSocketSession session) : IDisposable
{
    private readonly FrameReader _reader = new(WebSocketSession.MaxMessage);

    public void Dispose() => _reader.Dispose();

    /// <param name="justOne">Whether to return after the first message, whatever it was.</param>
    internal async Task ReadAsync(Func<ClientFrame, ValueTask> handle, bool justOne = false, CancellationToken cancel = default)
    {
        while (!session.IsClosing && !session.IsDraining)
        {
            var result = await session.ListenAsync(cancel);
            if (result.IsCanceled)
                return;
            var buffer = result.Buffer;
            var handled = false;
            while (!session.IsClosing && !(handled && justOne) && TryReadMessage(ref buffer, out var frame))
            {
                handled = true;
                if (frame is not null)
                    await handle(frame);
            }
            session.Connection.Input.AdvanceTo(buffer.Start, handled && justOne ? buffer.Start : buffer.End);
            if (result.IsCompleted || (handled && justOne))
                return;
        }
    }

    /// <summary>True: a message was taken; null when it was answered already (a ping, something malformed).</summary>
    private bool TryReadMessage(ref ReadOnlySequence<byte> buffer, out ClientFrame? frame)
    {
        frame = null;
        if (!_reader.TryRead(ref buffer, out var message))
            return false;
        switch (message.Kind)
        {
            case MessageKind.Text:
                frame = ReadFrame(message.Payload.Span);
                break;
            case MessageKind.Ping:
                var pong = new ArrayBufferWriter<byte>(message.Payload.Length + 2);
                FrameWriter.WritePong(pong, message.Payload.Span);
                session.Enqueue(pong.WrittenMemory);
                session.Queue.Flush();
                break;
            case MessageKind.Close:
                session.Close(CloseCodes.Frame(message.CloseCode, ""));
                break;
            case MessageKind.Binary:
                session.Close(CloseCodes.Frame(CloseCode.UnsupportedData, "text frames only"));
                break;
            case MessageKind.Violation:
                session.Close(CloseCodes.Frame(message.CloseCode, message.Reason));
                break;
        }
        return true;
    }

    private ClientFrame? ReadFrame(ReadOnlySpan<byte> json)
    {
        var frame = ClientFrameReader.Read(json, out var problem);
        if (problem is null)
            return frame;
        var frames = Frames.OfThisThread;
        frames.Error(problem.Cid, problem.Rid, problem.Code, problem.Message);
        session.Send(frames);
        // Somebody who sends nothing but rubbish is as busy a sender as any.
        session.TryKeepPace(out _);
        return null;
    }
}
