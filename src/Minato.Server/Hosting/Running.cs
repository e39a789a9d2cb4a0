using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Minato.Core.Commands;
using Minato.Core.Search;
using Minato.Core.Storage;
using Minato.Server.Accounts;
using Minato.Server.Files;
using Minato.Server.Http;
using Minato.Server.Listening;
using Minato.Server.Log;
using Minato.Server.Nodes;
using Minato.Server.Rooms;
using Minato.Server.Rooms.Presence;
using Minato.Server.Search;
using Minato.Server.Sessions;
using Minato.Server.Sessions.Tickets;
using Minato.Server.Tls;
using Minato.Sidecar;
using Minato.Storage;
using Minato.Storage.Postgres;
using Minato.Storage.Postgres.Search;
using Minato.Storage.Sqlite;
using Minato.Storage.Sqlite.Search;
using Minato.Wire.Http;

namespace Minato.Server.Hosting;

/// <summary>A server that runs: everything it owns, made in order and let go of in the reverse.</summary>
internal sealed class Running
{
    /// <summary>Between the last connection that is accepted before a reload and the end, as long as somebody still says what they came for: that follows at once, or after one way there.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(250);

    private readonly DataFolder _folder;
    private readonly IStore _store;
    private readonly Publisher _publisher;
    private readonly Follower? _follower;
    private readonly Indexer _indexer;
    private readonly SessionContext _context;
    private readonly FileSweeper? _fileSweeper;
    private readonly SessionSweeper _sweeper;
    private readonly RoomTick _tick;
    private readonly ControlSocket _control;
    private readonly CertificateWatch? _certificate;
    private readonly SilentPeers _silentPeers;
    private readonly Readiness _readiness;
    private readonly Reloading _reloading;
    private readonly WebApplication _app;

    private Running(
        DataFolder folder, IStore store, Publisher publisher, Follower? follower, Indexer indexer, SessionContext context, FileSweeper? fileSweeper, SessionSweeper sweeper, RoomTick tick, ControlSocket control,
        CertificateWatch? certificate, SilentPeers silentPeers, Readiness readiness, Reloading reloading, WebApplication app, Listeners listeners, string? launchToken)
    {
        (_certificate, _silentPeers, _readiness, _reloading) = (certificate, silentPeers, readiness, reloading);
        (_folder, _store, _publisher, _follower, _indexer, _context, _fileSweeper, _sweeper, _tick, _control, _app) = (folder, store, publisher, follower, indexer, context, fileSweeper, sweeper, tick, control, app);
        (Listeners, LaunchToken) = (listeners, launchToken);
        var first = listeners.EndPoints[0];
        Report = new ReadyReport(1, Ready: true, listeners.Url, first.Address.ToString(), first.Port, Environment.ProcessId);
    }

    internal Listeners Listeners { get; }

    internal string? LaunchToken { get; }

    internal ReadyReport Report { get; }

    /// <summary>By which the first owner comes, where nobody is one yet and accounts are asked for.</summary>
    internal string? OwnerLink { get; private init; }

    internal required UndecidedConnections Undecided { get; init; }

    internal string OwnerLinkFile => Path.Combine(_folder.Path, "owner-link");

    internal Access Access => _context.Admission.Access;

    internal LogWriter Writer => _context.Log;

    /// <summary>Completes when another program was found fit to take this server's place, and is to.</summary>
    internal Task<Replacement> ReplacementAsked => _reloading.Asked;

    /// <summary>For tests: who is what before any protocol says so.</summary>
    internal SessionContext Context => _context;

    internal static async Task<Running> StartAsync(MinatoOptions options, ILoggerFactory logs, TimeProvider clock, CancellationToken cancel)
    {
        var undo = new Stack<Func<ValueTask>>();
        try
        {
            var certificate = options.TlsCertificate is { } file
                ? new CertificateWatch(new CertificateFiles(file, options.TlsKey ?? file), clock, logs.CreateLogger<CertificateWatch>())
                : null;
            undo.Push(() => certificate?.DisposeAsync() ?? ValueTask.CompletedTask);
            // The lock comes before the port: who cannot have the data must not take the port from who can.
            var folder = options.Memory ? DataFolder.OpenTemporary() : DataFolder.Open(options.Data ?? DataFolder.DefaultPath, options.InheritedLock);
            undo.Push(() => Done(folder.Dispose));
            SqlStore store = options.Postgres is { } connection
                ? PostgresStore.Open(connection, clock)
                : SqliteStore.Open(folder.Database, durable: !options.Memory, clock);
            undo.Push(store.DisposeAsync);
            var log = options.Through(store);
            var listeners = Listeners.Bind(options, folder);
            undo.Push(() => Done(listeners.Dispose));

            var access = options.Access ?? (listeners.IsLoopback && !options.IsReachedByOthers ? Access.Guests : Access.Accounts);
            var launchToken = access == Access.Token ? options.LaunchToken ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) : null;
            var sessions = new SessionRegistry(store.DistantReaders);
            undo.Push(() => Done(sessions.Dispose));
            var link = store.Feed is null ? null : new NodeLink(clock);
            var rooms = new LiveRooms(log, link: link);
            var publisher = new Publisher(rooms, sessions, logs.CreateLogger<Publisher>());
            undo.Push(publisher.DisposeAsync);
            var follower = store.Feed is not { } feed ? null
                : new Follower(feed, rooms, sessions, publisher, link!, new OtherChanges(feed, rooms, sessions), clock, logs.CreateLogger<Follower>());
            undo.Push(() => follower?.DisposeAsync() ?? ValueTask.CompletedTask);
            var changed = new ChangedRooms();
            ISearchIndex index = options.Postgres is { } database
                ? new PostgresSearchIndex(database)
                : new SqliteSearchIndex(folder.SearchDatabase, durable: !options.Memory, clock);
            var indexer = new Indexer(log, index, changed, clock, logs.CreateLogger<Indexer>());
            undo.Push(indexer.DisposeAsync);
            var search = new Searcher(log, index, indexer, clock, logs.CreateLogger<Searcher>());
            undo.Push(() => Done(search.Dispose));
            var writer = new LogWriter(log, publisher, changed, clock, logs.CreateLogger<LogWriter>(), link);
            undo.Push(writer.DisposeAsync);
            var admission = new Admission(access, launchToken, log, store.Vouchers, clock) { OnUse = use => writer.Submit(new Submission(use, lane: null)) };
            var accounts = await AccountDesk.OpenAsync(store, store.Vouchers, writer, admission, options, clock, link);
            undo.Push(() => Done(accounts.Dispose));
            // What keeps nothing keeps no files either; with PostgreSQL they lie in the data folder all the same.
            var files = options.Memory ? null : new ServedFiles(FileFolder.Open(folder.Files, options.Uploads), store, options.Uploads);
            var fileSweeper = files is null ? null : new FileSweeper(files.Folder, store, writer, clock, logs.CreateLogger<FileSweeper>());
            undo.Push(() => fileSweeper?.DisposeAsync() ?? ValueTask.CompletedTask);
            var context = new SessionContext(log, writer, rooms, search, sessions, admission, options, clock) { Accounts = accounts, Files = files };
            var sweeper = new SessionSweeper(sessions, clock);
            undo.Push(sweeper.DisposeAsync);
            var tick = new RoomTick(rooms, clock, logs.CreateLogger<RoomTick>());
            undo.Push(tick.DisposeAsync);
            var control = ControlSocket.In(folder);
            undo.Push(() => Done(control.Dispose));
            var silentPeers = new SilentPeers(clock);
            undo.Push(silentPeers.DisposeAsync);
            var rules = new FrontRules(options, certificate, context.Admission.LetsGuestsIn);
            var dispatcher = new ConnectionDispatcher(context, rules, silentPeers, logs.CreateLogger<ConnectionDispatcher>());
            var readiness = new Readiness(writer, sessions);
            var reloading = new Reloading(options, folder, writer, clock, logs.CreateLogger<Reloading>());
            undo.Push(reloading.DisposeAsync);
            var app = WebHost.Build(listeners, control, context, rules, dispatcher, readiness, reloading, logs);
            undo.Push(app.DisposeAsync);
            if (follower is not null)
                await follower.StartAsync(cancel);
            await app.StartAsync(cancel);
            context.Irc.Origin = options.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? listeners.Url;
            // Whoever waits for the server to be ready does not wait for the index.
            indexer.Start();
            readiness.Start();

            var ownerLink = access == Access.Accounts && !await store.HasOwnerAsync(cancel)
                ? await Accounts.OwnerLink.MakeAsync(writer, options.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? listeners.Url, clock)
                : null;
            var running = new Running(folder, store, publisher, follower, indexer, context, fileSweeper, sweeper, tick, control, certificate, silentPeers, readiness, reloading, app, listeners, launchToken) { OwnerLink = ownerLink, Undecided = dispatcher.Undecided };
            (running.Report with { Control = control.Path }).WriteTo(folder.ServerFile);
            return running;
        }
        catch
        {
            while (undo.TryPop(out var step))
                await step();
            throw;
        }
    }

    internal async Task<Ticket> IssueTicketAsync(string? person, string? nick)
    {
        if (person is not null && (person.Length == 0 || Encoding.UTF8.GetByteCount(person) > TicketFrame.MaxPerson))
            throw new ArgumentException($"A person's id is 1 to {TicketFrame.MaxPerson} bytes.", nameof(person));
        try
        {
            return await _context.IssueTicketAsync(person, nick, new Lane()) switch
            {
                ({ } ticket, _) => ticket,
                (_, { Reason: Refusal.BadNick }) => throw new ArgumentException(Refusal.BadNick.Sentence(), nameof(nick)),
                var (_, refused) => throw new IOException(refused!.Reason.Sentence()),
            };
        }
        catch (StoreException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    internal void AnnounceStop() => _readiness.AnnounceStop();

    internal async Task StopAsync(TimeSpan patience)
    {
        await EndAsync(patience);
        Listeners.Dispose();
        _folder.Dispose();
    }

    /// <summary>The same, but the lock stays held and the sockets listen on: they are the next server's.</summary>
    internal async Task<HandedOver> HandOverAsync(TimeSpan patience)
    {
        Listeners.Keep();
        await Listeners.StopAcceptingAsync();
        await SettleAsync();
        await EndAsync(patience);
        return new HandedOver(_folder.Lock, Listeners.Sockets);
    }

    /// <summary>Nobody comes any more. Who came last is not cut off before they have said what they came for; then they are answered.</summary>
    private async Task SettleAsync()
    {
        var (before, now) = (int.MaxValue, int.MaxValue - 1);
        while (now > 0 && now < before)
        {
            await Task.Delay(Settling, _context.Clock);
            (before, now) = (now, Undecided.Count);
        }
    }

    private async Task EndAsync(TimeSpan patience)
    {
        await _reloading.DisposeAsync();
        using var timeout = new CancellationTokenSource(patience);
        // Listening ends first; then Kestrel waits for the sessions, which have been told to answer what they read and leave.
        var stopping = _app.StopAsync(timeout.Token);
        await _context.Sessions.DrainAsync();
        try
        {
            await stopping;
        }
        catch (OperationCanceledException)
        {
            // Somebody would not leave in time, and was cut off. What was acknowledged is on disk all the same.
        }
        await _silentPeers.DisposeAsync();
        if (_certificate is not null)
            await _certificate.DisposeAsync();
        await _sweeper.DisposeAsync();
        await _tick.DisposeAsync();
        if (_fileSweeper is not null)
            await _fileSweeper.DisposeAsync();
        await _context.Log.DisposeAsync();
        if (_follower is not null)
            await _follower.DisposeAsync();
        await _publisher.DisposeAsync();
        _context.Search.Dispose();
        await _indexer.DisposeAsync();
        await _app.DisposeAsync();
        _control.Dispose();
        _context.Sessions.Dispose();
        await _store.DisposeAsync();
        File.Delete(_folder.ServerFile);
    }

    private static ValueTask Done(Action act)
    {
        act();
        return ValueTask.CompletedTask;
    }
}
