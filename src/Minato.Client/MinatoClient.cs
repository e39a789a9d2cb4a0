using System.Runtime.CompilerServices;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>
/// A client of one Minato server: it connects, comes back by itself whatever happens, and sends everything once. What it is told comes in one
/// ordered stream from <see cref="ReadAsync"/>; what it is asked to do completes when the server has it on disk. For many threads at once.
/// </summary>
public sealed partial class MinatoClient : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly ClientHoldings _held;
    private readonly UlidFactory _cids;
    private readonly IClientTransport _transport;
    private readonly CancellationTokenSource _stop = new();
    private ConnectionLoop? _loop;
    private Task _running = Task.CompletedTask;
    private int _readers;
    private int _isDisposed;

    private MinatoClient(Uri server, ClientOptions options)
    {
        _server = server;
        _transport = options.Transport ?? new WebSocketTransport(server);
        _cids = new UlidFactory(options.Time);
        _held = new ClientHoldings(options);
    }

    /// <param name="server">http, https, ws or wss, host and port: the address that a browser opens.</param>
    /// <exception cref="ArgumentException">It is no such address.</exception>
    /// <exception cref="IOException">The store cannot be opened.</exception>
    public static MinatoClient Create(Uri server, ClientOptions? options = null) => new(server, options ?? new ClientOptions());

    public ClientStatus Status => _loop?.Status ?? ClientStatus.Stopped;

    /// <summary>Who one is, as last told; null before the first welcome.</summary>
    public YouInfo? You => _held.You;

    /// <summary>The server's limits; null before the first welcome.</summary>
    public LimitsInfo? Limits => _held.Limits;

    /// <summary>One's rooms and the lobby by their ids, as the last <see cref="Welcomed"/>, <see cref="RoomEntered"/> and <see cref="RoomLeft"/> told; heads and topics are not kept up to date.</summary>
    public IReadOnlyDictionary<Guid, RoomInfo> Rooms => _held.Rooms.Rooms;

    /// <summary>Mutations that have no answer yet.</summary>
    public int Unanswered => _held.Outbox.Count;

    /// <summary>Those among them that a restart would find.</summary>
    internal int Kept => _held.Outbox.Kept;

    /// <summary>Starts, and completes with the first welcome.</summary>
    /// <exception cref="ConnectException">There was none within <see cref="ClientOptions.ConnectTimeout"/>; nothing more is tried.</exception>
    /// <exception cref="LoginRequiredException">The server lets in only who it knows.</exception>
    public async Task ConnectAsync(CancellationToken cancel = default)
    {
        Start();
        try
        {
            await _loop!.FirstWelcome.WaitAsync(_held.Options.ConnectTimeout, _held.Options.Time, cancel);
        }
        catch (TimeoutException)
        {
            await StopAsync();
            throw new ConnectException(
                $"{_server} gave no welcome within {_held.Options.ConnectTimeout.TotalSeconds} s. {_loop?.LastFailure?.Message ?? "Is a Minato server running there?"}",
                _loop?.LastFailure);
        }
        catch (OperationCanceledException)
        {
            await StopAsync();
            throw;
        }
    }

    /// <summary>Starts without waiting: for those who want to write before the server is there. Does nothing where it has started.</summary>
    /// <exception cref="InvalidOperationException">It was stopped: a client lives once.</exception>
    public void Start()
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        if (_stop.IsCancellationRequested)
            throw new InvalidOperationException("This client has stopped. Create another one.");
        var loop = new ConnectionLoop(_transport, _held, _server);
        if (Interlocked.CompareExchange(ref _loop, loop, null) is null)
            _running = Task.Run(() => loop.RunAsync(_stop.Token), CancellationToken.None);
    }

    /// <summary>
    /// Everything that happens, in order; ends when the client is disposed of. An update counts as read when the next one is asked for: what a
    /// program was doing when it was killed is told again. For one reader at a time.
    /// </summary>
    /// <exception cref="LoginRequiredException">The server lets in only who it knows.</exception>
    public async IAsyncEnumerable<Update> ReadAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (Interlocked.Increment(ref _readers) > 1)
        {
            Interlocked.Decrement(ref _readers);
            throw new InvalidOperationException("This client's updates are read already; a second reader would take some of them away.");
        }
        try
        {
            while (await _held.Updates.TakeAsync(cancel) is { } item)
            {
                yield return item.Update;
                _held.Consumed(item.Marks);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }

    /// <summary>Ends the connection and writes down where it stands. Unanswered mutations stay in a store that lasts.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await StopAsync();
        _held.Updates.Complete(null);
        _held.Fail(new ObjectDisposedException(nameof(MinatoClient)));
        await _held.DisposeAsync();
        _stop.Dispose();
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }
}
