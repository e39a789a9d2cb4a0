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

    /// <param name="justOne">Whether to return after the first text, whatever it said.</param>
    internal async Task ReadAsync(Func<ClientFrame, ValueTask> handle, bool justOne = false, CancellationToken cancel = default)
    {
        while (!session.IsClosing && !session.IsDraining)
        {
            var result = await session.ListenAsync(cancel);
            if (result.IsCanceled)
                return;
            var buffer = result.Buffer;
            var handled = false;
            while (!(handled && justOne) && TryReadText(ref buffer, out var frame))
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

    /// <summary>True: a text was taken; null when it was malformed, which was answered. All that is the transport's own is answered on the way.</summary>
    private bool TryReadText(ref ReadOnlySequence<byte> buffer, out ClientFrame? frame)
    {
        frame = null;
        var isRead = false;
        var pinged = false;
        while (!isRead && !session.IsClosing && _reader.TryRead(ref buffer, out var message))
        {
            switch (message.Kind)
            {
                case MessageKind.Text:
                    frame = ReadFrame(message.Payload.Span);
                    isRead = true;
                    break;
                case MessageKind.Ping:
                    pinged = true;
                    Pong(message.Payload.Span);
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
        }
        // Many pings that came together are answered together.
        if (pinged)
            session.Queue.Flush();
        return isRead;
    }

    private void Pong(ReadOnlySpan<byte> payload)
    {
        var pong = new ArrayBufferWriter<byte>(payload.Length + 2);
        FrameWriter.WritePong(pong, payload);
        session.Enqueue(pong.WrittenMemory);
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
