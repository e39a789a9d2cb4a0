using System.Net.WebSockets;
using System.Threading.Channels;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>One connection in use: frames go out in the order in which they were given, by one writer; it ends once, whoever ends it.</summary>
internal sealed class Link : IAsyncDisposable
{
    // Its bound is that of what is said: mutations in flight, questions, one ping and one read position for each room.
    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IClientChannel _channel;
    private readonly CancellationTokenSource _end;
    private readonly HashSet<ITimer> _timers = [];
    private readonly Task _sending;

    internal Link(IClientChannel channel, CancellationToken cancel)
    {
        _channel = channel;
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _sending = SendAllAsync(_end.Token);
    }

    /// <summary>Null until the welcome says how it is to be kept.</summary>
    internal Heartbeat? Heartbeat { get; set; }

    /// <summary>Ends with the connection.</summary>
    internal CancellationToken Ended => _end.Token;

    internal void Send(ClientFrame frame)
    {
        Heartbeat?.Said();
        _outgoing.Writer.TryWrite(ClientFrameWriter.Write(frame));
    }

    /// <summary>As <see cref="Send"/>, unless the connection has ended by then.</summary>
    internal void SendLater(ClientFrame frame, TimeSpan wait, TimeProvider time)
    {
        ITimer? timer = null;
        timer = time.CreateTimer(
            _ =>
            {
                lock (_timers)
                    _timers.Remove(timer!);
                timer!.Dispose();
                Send(frame);
            },
            null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_timers)
            _timers.Add(timer);
        timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    /// <exception cref="OperationCanceledException">It was ended from this side.</exception>
    internal async ValueTask<Received> ReceiveAsync()
    {
        var received = await _channel.ReceiveAsync(_end.Token);
        Heartbeat?.Heard();
        return received;
    }

    internal void End()
    {
        try
        {
            _end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended, and somebody noticed later.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Heartbeat?.Dispose();
        End();
        lock (_timers)
            foreach (var timer in _timers)
                timer.Dispose();
        await _sending;
        await _channel.DisposeAsync();
        _end.Dispose();
    }

    private async Task SendAllAsync(CancellationToken cancel)
    {
        try
        {
            await foreach (var text in _outgoing.Reader.ReadAllAsync(cancel))
                await _channel.SendAsync(text, cancel);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e) when (e is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The reading side hears of it, too, and says how it ended.
        }
    }
}
