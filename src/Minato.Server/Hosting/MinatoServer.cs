using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Minato.Core.Storage;
using Minato.Server.Hosting;
using Minato.Server.Sessions;
using Minato.Sidecar;

namespace Minato.Server;

/// <summary>A chat server inside this process: the command line's, or a .NET app's own.</summary>
public sealed class MinatoServer : IAsyncDisposable
{
    /// <summary>How long sessions may take to say goodbye when the server stops.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    private readonly MinatoOptions _options;
    private readonly ILoggerFactory _logs;
    private readonly TimeProvider _clock;
    private readonly ReadyUrl _readyUrl = new();
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Running? _running;

    /// <param name="logs">Where the server logs; nowhere when null.</param>
    public MinatoServer(MinatoOptions options, ILoggerFactory? logs = null, TimeProvider? clock = null)
    {
        _options = options;
        _logs = logs ?? NullLoggerFactory.Instance;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Where the server serves, once it does.</summary>
    /// <exception cref="InvalidOperationException">It was not started.</exception>
    public ReadyReport Ready => (_running ?? throw NotStarted()).Report;

    public IReadOnlyList<IPEndPoint> EndPoints => (_running ?? throw NotStarted()).Listeners.EndPoints;

    /// <summary>Whether nobody gave an address and the default port was taken or remembered differently.</summary>
    public bool IsFallbackPort => (_running ?? throw NotStarted()).Listeners.IsFallback;

    public Access Access => (_running ?? throw NotStarted()).Access;

    /// <summary>Whether only this machine can connect, and no proxy or public name brings others.</summary>
    public bool IsPrivate => (_running ?? throw NotStarted()).Listeners.IsLoopback && !_options.IsReachedByOthers;

    /// <summary>The token that lets in where <see cref="Access"/> is <see cref="Access.Token"/>; else null.</summary>
    public string? LaunchToken => (_running ?? throw NotStarted()).LaunchToken;

    /// <summary>
    /// The one-time link that makes the first owner, where accounts are asked for and nobody is one yet; else null. Whoever opens it first
    /// owns the server: show it to the person who started it, and to no log.
    /// </summary>
    public string? OwnerLink => (_running ?? throw NotStarted()).OwnerLink;

    /// <summary>Writes <see cref="OwnerLink"/> to a file in the data folder that only its owner can read.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="InvalidOperationException">There is none, or the server was not started.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public string KeepOwnerLink()
    {
        var running = _running ?? throw NotStarted();
        PrivateFile.Write(running.OwnerLinkFile, OwnerLink ?? throw new InvalidOperationException("There is no owner's link."));
        return running.OwnerLinkFile;
    }

    /// <summary>For tests.</summary>
    internal SessionContext Context => (_running ?? throw NotStarted()).Context;

    /// <summary>Completes when the store cannot be trusted any more: stop, and end the process with an error.</summary>
    public Task<Exception> Failed => _failed.Task;

    /// <summary>
    /// Completes when <c>minato reload</c> found another program fit to take this server's place: call <see cref="HandOverAsync"/>, and become it.
    /// Only where <see cref="MinatoOptions.OwnProgram"/> is named.
    /// </summary>
    /// <exception cref="InvalidOperationException">The server was not started.</exception>
    public Task<Replacement> ReplacementAsked => (_running ?? throw NotStarted()).ReplacementAsked;

    /// <summary>
    /// The URL, as soon as the server accepts connections; any number of waiters get the same answer, or the same error when the start failed.
    /// </summary>
    /// <param name="timeout">5 s when null.</param>
    /// <exception cref="TimeoutException">Not within this time.</exception>
    public Task<string> GetLocalUrlAsync(TimeSpan? timeout = null, CancellationToken cancel = default) =>
        _readyUrl.GetAsync(timeout ?? ReadyUrl.DefaultTimeout, _clock, cancel);

    /// <summary>
    /// What lets one page of this server in, where <see cref="Access"/> is <see cref="Access.Token"/>: open <c>URL#ticket=TEXT</c>, or answer the
    /// iframe that asks for it (docs/guides/embedding.md).
    /// </summary>
    /// <param name="person">
    /// Your own id of who sits before the page, 1 to 128 bytes: the same id is the same user at each start. Null: somebody new.
    /// </param>
    /// <param name="nick">What a person who is new is called, or nearly so where that is taken. Null: provisionally something.</param>
    /// <exception cref="ArgumentException">The id is empty or too long, or the name cannot be one.</exception>
    /// <exception cref="InvalidOperationException">Nobody needs a ticket here, or the server does not run.</exception>
    /// <exception cref="IOException">The person or the ticket could not be written down: the disk is full, or the database is away.</exception>
    public async Task<Ticket> IssueTicketAsync(string? person = null, string? nick = null)
    {
        var running = _running ?? throw NotStarted();
        if (running.Access != Access.Token)
            throw new InvalidOperationException($"Tickets are for servers of {nameof(Access)}.{nameof(Access.Token)}.");
        return await running.IssueTicketAsync(person, nick);
    }

    /// <summary>Opens the data, binds, and accepts connections when it returns.</summary>
    /// <exception cref="CertificateException">The certificate or its key cannot be used.</exception>
    /// <exception cref="DataInUseException">Another server has the data folder.</exception>
    /// <exception cref="DatabaseException">The database cannot be used.</exception>
    /// <exception cref="PortException">The port cannot be had.</exception>
    public async Task StartAsync(CancellationToken cancel = default)
    {
        try
        {
            _running = await Running.StartAsync(_options, _logs, _clock, cancel);
            // Not awaited here: it completes only when the store fails.
            _ = _running.Writer.Failed.ContinueWith(
                f => _failed.TrySetResult(f.Result), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            _readyUrl.Set(_running.Report.Url);
        }
        catch (StoreException e)
        {
            var unusable = new DatabaseException(e.Message, e);
            _readyUrl.Fail(unusable);
            throw unusable;
        }
        catch (Exception e)
        {
            _readyUrl.Fail(e);
            throw;
        }
    }

    /// <summary>
    /// Says at <c>/readyz</c> that the server is about to stop, and goes on serving: a balancer then sends the next clients elsewhere before this
    /// server refuses one. Dispose of it once the balancer has looked.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was not started, or was stopped.</exception>
    public void AnnounceStop() => (_running ?? throw NotStarted()).AnnounceStop();

    /// <summary>Stops as <see cref="DisposeAsync"/> does, but for the data's lock, which stays held, and the sockets, which listen on: they are the next server's.</summary>
    /// <exception cref="InvalidOperationException">The server was not started.</exception>
    public async Task<HandedOver> HandOverAsync() => await (Interlocked.Exchange(ref _running, null) ?? throw NotStarted()).HandOverAsync(DrainTime);

    /// <summary>Stops accepting, answers what was read, tells clients, commits what waits, and lets go of the data.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _running, null) is { } running)
            await running.StopAsync(DrainTime);
        _readyUrl.Fail(new InvalidOperationException("The server was stopped before it was ready."));
    }

    private static InvalidOperationException NotStarted() => new("The server was not started, or was stopped.");
}
