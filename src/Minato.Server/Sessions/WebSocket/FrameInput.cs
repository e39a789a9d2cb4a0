using System.Buffers;
using System.IO.Pipelines;
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

    /// <summary>What was said while nobody listened to more than pings. One is enough: behind it nothing is read.</summary>
    private Text? _kept;

    public void Dispose() => _reader.Dispose();

    /// <param name="justOne">Whether to return after the first text, whatever it said.</param>
    internal async Task ReadAsync(Func<ClientFrame, ValueTask> handle, bool justOne = false, CancellationToken cancel = default)
    {
        if (_kept is { } kept)
        {
            _kept = null;
            await HandleAsync(kept, handle);
        }
        while (!session.IsClosing && !session.IsDraining)
        {
            var result = await session.ListenAsync(cancel);
            session.Heard();
            if (result.IsCanceled)
                return;
            var buffer = result.Buffer;
            var handled = false;
            while (!(handled && justOne) && TryReadText(ref buffer, out var text))
            {
                handled = true;
                await HandleAsync(text, handle);
            }
            session.Connection.Input.AdvanceTo(buffer.Start, handled && justOne ? buffer.Start : buffer.End);
            if (result.IsCompleted || (handled && justOne))
                return;
        }
    }

    /// <summary>Answers what is the transport's own until this is done. False: the session is to end, and it was given up before.</summary>
    internal async Task<bool> AnswerPingsWhileAsync(Func<CancellationToken, Task> wait)
    {
        // Who half-closed or wrote on is not read any more, and hears of the server's end all the same.
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(session.Services.Sessions.Draining);
        using var done = new CancellationTokenSource();
        var waiting = WaitAsync();
        var stays = false;
        try
        {
            stays = await ReadPingsAsync(done.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The connection broke; whoever reads next learns of it, too.
        }
        finally
        {
            if (!stays)
                End(leaving);
        }
        return await waiting;

        async Task<bool> WaitAsync()
        {
            try
            {
                await wait(leaving.Token);
                return true;
            }
            catch (OperationCanceledException) when (leaving.IsCancellationRequested)
            {
                return false;
            }
            finally
            {
                End(done);
            }
        }

        // On this thread: what follows from it is short.
        static void End(CancellationTokenSource wait) => wait.Cancel();
    }

    /// <summary>Until it is done, or a text came or the peer's end: then nothing more is read. False: the session is closing or draining.</summary>
    private async Task<bool> ReadPingsAsync(CancellationToken done)
    {
        while (_kept is null)
        {
            if (session.IsClosing || session.IsDraining)
                return false;
            ReadResult result;
            try
            {
                result = await session.ListenAsync(done);
            }
            catch (OperationCanceledException) when (done.IsCancellationRequested)
            {
                return true;
            }
            finally
            {
                session.Heard();
            }
            var buffer = result.Buffer;
            if (TryReadText(ref buffer, out var text))
                _kept = text;
            session.Connection.Input.AdvanceTo(buffer.Start, _kept is null ? buffer.End : buffer.Start);
            // Who half-closed is still answered.
            if (result.IsCompleted)
                break;
        }
        return true;
    }

    private async ValueTask HandleAsync(Text text, Func<ClientFrame, ValueTask> handle)
    {
        if (text.Problem is null)
        {
            await handle(text.Frame!);
            return;
        }
        Refuse(text.Problem);
    }

    /// <summary>True: a text was taken. All that is the transport's own is answered on the way.</summary>
    private bool TryReadText(ref ReadOnlySequence<byte> buffer, out Text text)
    {
        text = default;
        var isRead = false;
        var pinged = false;
        while (!isRead && !session.IsClosing && _reader.TryRead(ref buffer, out var message))
        {
            switch (message.Kind)
            {
                case MessageKind.Text:
                    text = new Text(ClientFrameReader.Read(message.Payload.Span, out var problem), problem);
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

    private void Refuse(FrameProblem problem)
    {
        var frames = Frames.OfThisThread;
        frames.Error(problem.Cid, problem.Rid, problem.Code, problem.Message);
        session.Send(frames);
        // Somebody who sends nothing but rubbish is as busy a sender as any.
        session.TryKeepPace(out _);
    }

    /// <summary>A text message: a frame, or what is wrong with it.</summary>
    private readonly record struct Text(ClientFrame? Frame, FrameProblem? Problem);
}
