using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Minato.Server.Listening.Sockets;

/// <summary>
/// Accepts, has the dispatcher decide, and gives Kestrel what is Kestrel's; it owns all other connections, and waits for them when it ends.
/// They are accepted one at a time, each behind all the work that waits for a thread already. Else the whole of the kernel's backlog, thousands
/// after a restart, is queued at once, and whoever is connected waits behind it. The backlog is where the others wait.
/// </summary>
internal sealed partial class FrontListener : IConnectionListener
{
    /// <summary>For connections that were cut off.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Socket _listening;
    private readonly Listeners _all;
    private readonly ConnectionDispatcher _dispatcher;
    private readonly KestrelSockets _kestrel;
    private readonly ILogger _log;
    private readonly Channel<ConnectionContext> _handedOver = Channel.CreateUnbounded<ConnectionContext>();
    private readonly Lock _gate = new();
    private readonly HashSet<PlainSocket> _open = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;
    private CancellationTokenRegistration _impatience;
    private bool _isClosed;

    /// <param name="listening">One of <paramref name="all"/>.</param>
    internal FrontListener(Socket listening, Listeners all, ConnectionDispatcher dispatcher, KestrelSockets kestrel, ILogger log)
    {
        (_listening, _all, _dispatcher, _kestrel, _log) = (listening, all, dispatcher, kestrel, log);
        EndPoint = listening.LocalEndPoint!;
        listening.Listen(Sidecar.ListeningSocket.Backlog);
        _accepting = AcceptAllAsync();
    }

    public EndPoint EndPoint { get; }

    /// <summary>The next that is Kestrel's; null: no more come.</summary>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _handedOver.Reader.WaitToReadAsync(cancellationToken))
            if (_handedOver.Reader.TryRead(out var connection))
                return connection;
        return null;
    }

    /// <summary>Accepts no more.</summary>
    /// <param name="cancellationToken">Then those that are still there are cut off.</param>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        // Before the socket is closed: one that the next server has as well must not be torn from a call that is under way.
        await _all.StopAcceptingAsync();
        await _accepting;
        if (!_all.AreKept)
            _listening.Dispose();
        _handedOver.Writer.TryComplete();
        _impatience = cancellationToken.UnsafeRegister(static l => ((FrontListener)l!).AbortAll(), this);
    }

    /// <summary>Completes when all connections have ended. One that waits for another machine, which does not answer, keeps no server from ending.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            if (_open.Count == 0)
                _ended.TrySetResult();
        }
        await _ended.Task.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _impatience.DisposeAsync();
    }

    private async Task AcceptAllAsync()
    {
        while (true)
        {
            await Task.Yield();
            try
            {
                Begin(await _listening.AcceptAsync(_all.Accepting));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException)
            {
                // It was reset before it was accepted.
            }
        }
    }

    private void Begin(Socket accepted)
    {
        // Out of descriptors nothing would be accepted any more, for good.
        if (Descriptors.MaxConnections is { } most && _dispatcher.Held.Value >= most)
        {
            accepted.Dispose();
            LogFull(most);
            return;
        }
        accepted.NoDelay = true;
        var plain = new PlainSocket(accepted);
        _dispatcher.Held.Add(1);
        lock (_gate)
            _open.Add(plain);
        ThreadPool.UnsafeQueueUserWorkItem(static work => _ = work.Listener.ServeAsync(work.Socket), (Listener: this, Socket: plain), preferLocal: false);
    }

    /// <summary>The whole life of a connection that is ours.</summary>
    private async Task ServeAsync(PlainSocket plain)
    {
        var isHandedOver = false;
        try
        {
            isHandedOver = await _dispatcher.OnConnectedAsync(plain) is { } arrival && await TryHandOverAsync(plain, arrival);
        }
        catch (Exception e)
        {
            LogTrouble(e);
        }
        await plain.DisposeAsync();
        if (!isHandedOver)
            _dispatcher.Held.Add(-1);
        lock (_gate)
        {
            _open.Remove(plain);
            if (_isClosed && _open.Count == 0)
                _ended.TrySetResult();
        }
    }

    /// <summary>False: it was closed at that very moment, or the server stops, and Kestrel takes no more.</summary>
    private async Task<bool> TryHandOverAsync(PlainSocket plain, Arrival arrival)
    {
        try
        {
            var connection = await plain.BecomeKestrelsAsync(_kestrel);
            arrival.HandOver(connection);
            if (_handedOver.Writer.TryWrite(connection))
                return true;
            await connection.DisposeAsync();
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // Among the undecided it was the oldest of too many, or the peer was faster.
        }
        arrival.Dispose();
        return false;
    }

    private void AbortAll()
    {
        List<PlainSocket> left;
        lock (_gate)
            left = [.. _open];
        left.ForEach(p => p.Abort());
    }

    [LoggerMessage(106, LogLevel.Warning, "All {Most} connections that this process can hold are there: another one is closed.")]
    private partial void LogFull(long most);

    [LoggerMessage(107, LogLevel.Error, "A connection ended in an error of ours.")]
    private partial void LogTrouble(Exception e);
}
