using System.IO.Pipelines;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Minato.Server.Accounts;
using Minato.Server.Log;
using Minato.Server.Rooms;
using Minato.Server.Rooms.Presence;
using Minato.Server.Search;
using Minato.Server.Sessions;
using Minato.Server.Sessions.Irc;
using Minato.Server.Sessions.Lines;
using Minato.Server.Sessions.WebSocket;
using Minato.Storage.Sqlite;
using Minato.Storage.Sqlite.Search;
using Minato.Tests.Kit;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Tests;

/// <summary>A whole server but for its sockets: a real store, the writer, the publisher, and sessions over pipes in memory.</summary>
internal sealed class SessionHost : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Publisher _publisher;
    private readonly SessionSweeper _sweeper;
    private readonly RoomTick _tick;
    private readonly List<(Task Session, Action HangUp)> _sessions = [];

    public SessionHost(Access access = Access.Guests, string? token = null, bool rateLimits = true, int minPassword = Core.Accounts.Password.MinBytes)
    {
        Accounts = SqliteStore.Open(_folder["minato.db"], durable: false, Clock);
        var store = Store = new CountingStore(Accounts);
        var registry = new SessionRegistry();
        var rooms = new LiveRooms(store);
        _publisher = new Publisher(rooms, registry, NullLogger<Publisher>.Instance);
        var changed = new ChangedRooms();
        var index = new SqliteSearchIndex(_folder["search.db"], durable: false, Clock);
        Indexer = new Indexer(store, index, changed, Clock, NullLogger<Indexer>.Instance);
        var search = new Searcher(store, index, Indexer, Clock, NullLogger<Searcher>.Instance);
        var log = new LogWriter(store, _publisher, changed, Clock, NullLogger<LogWriter>.Instance);
        var admission = new Admission(access, token, store, Accounts.Vouchers, Clock) { OnUse = use => log.Submit(new Submission(use, lane: null)) };
        var options = new MinatoOptions { RateLimits = rateLimits, PasswordIterations = 1_000, MinPassword = minPassword };
        Context = new SessionContext(store, log, rooms, search, registry, admission, options, Clock)
        {
            Accounts = AccountDesk.OpenAsync(Accounts, Accounts.Vouchers, log, admission, options, Clock).GetAwaiter().GetResult(),
        };
        _sweeper = new SessionSweeper(registry, Clock);
        _tick = new RoomTick(rooms, Clock, NullLogger<RoomTick>.Instance);
    }

    public ManualTime Clock { get; } = new();

    /// <summary>The store as it is asked about accounts.</summary>
    public SqliteStore Accounts { get; }

    public SessionContext Context { get; }

    /// <summary>Not started: a test brings the index level when it wants it so.</summary>
    public Indexer Indexer { get; }

    public CountingStore Store { get; }

    /// <summary>A WebSocket client whose upgrade was made.</summary>
    /// <param name="pause">Bytes that wait in the pipe before the server notices that nobody reads.</param>
    public WsClient WebSocket(int pause = 64 * 1024) => WsClient.Over(Connect(RunWebSocketAsync, pause).Stream);

    /// <summary>The same without a library between.</summary>
    public RawWebSocket RawWebSocket(int pause = 64 * 1024) => new(Connect(RunWebSocketAsync, pause));

    /// <param name="want">What it asks to be told beside the log.</param>
    public async Task<WsClient> WelcomeAsync(string? session = null, object? resume = null, params string[] want)
    {
        var client = WebSocket();
        await client.HelloAsync(session, resume: resume, want: want);
        return client;
    }

    /// <summary>Somebody with a name, welcomed and past the answer to it.</summary>
    public async Task<WsClient> PersonAsync(string nick, params string[] want)
    {
        var client = await WelcomeAsync(want: want);
        await client.AskAsync(new { op = "nick", cid = "nick", nick }, "nick");
        return client;
    }

    public RawClient Lines() => Connect(connection => new LineSession(connection, Context).RunAsync(), 64 * 1024);

    /// <summary>Somebody at a terminal, past what every session says first.</summary>
    public async Task<RawClient> TerminalAsync(string nick)
    {
        var client = Lines();
        await client.SendAsync($"/nick {nick}\r\n");
        await client.ExpectAsync($"* You are {nick} now.");
        return client;
    }

    /// <param name="kind">Text or binary messages.</param>
    public RawWebSocket IrcWebSocket(Opcode kind) => new(Connect(connection => new IrcSession(connection, Context, kind).RunAsync(), 64 * 1024));

    public RawClient Irc() => Connect(connection => new IrcSession(connection, Context).RunAsync(), 64 * 1024);

    /// <summary>Somebody at an IRC client, past the welcome.</summary>
    /// <param name="caps">Asked for, with spaces between.</param>
    public Task<IrcClient> IrcAsync(string nick, string caps = "") => IrcClient.RegisterAsync(Irc(), nick, caps);

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, hangUp) in _sessions)
            hangUp();
        await Task.WhenAll(_sessions.Select(s => s.Session)).Within("every session to end");
        await _sweeper.DisposeAsync();
        await _tick.DisposeAsync();
        await Context.Log.DisposeAsync();
        await _publisher.DisposeAsync();
        Context.Search.Dispose();
        Context.Accounts.Dispose();
        await Indexer.DisposeAsync();
        await Context.Store.DisposeAsync();
        Context.Sessions.Dispose();
        _folder.Dispose();
    }

    private Task RunWebSocketAsync(Connection connection) => new WebSocketSession(connection, Context).RunAsync();

    private RawClient Connect(Func<Connection, Task> run, int pause)
    {
        var up = new Pipe(new PipeOptions(pauseWriterThreshold: 1024 * 1024));
        var down = new Pipe(new PipeOptions(pauseWriterThreshold: pause, resumeWriterThreshold: pause / 2));
        void HangUp()
        {
            up.Writer.Complete();
            down.Writer.CancelPendingFlush();
        }
        var connection = new Connection(up.Reader, down.Writer, socket: null, new IPEndPoint(IPAddress.Loopback, 1), HangUp, Clock);
        var session = Task.Run(async () =>
        {
            await run(connection);
            // What the socket's half-close is elsewhere.
            await connection.Queue.DrainAsync();
            await down.Writer.CompleteAsync();
            await connection.DisposeAsync();
            await up.Reader.CompleteAsync();
        });
        _sessions.Add((session, HangUp));
        return new RawClient(new DuplexStream(down.Reader.AsStream(), up.Writer.AsStream()), () => up.Writer.Complete());
    }
}

/// <summary>Reads from one stream and writes to the other.</summary>
internal sealed class DuplexStream(Stream input, Stream output) : Stream
{
    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => output.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => input.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => input.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => output.Write(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => output.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            output.Dispose();
        base.Dispose(disposing);
    }
}
