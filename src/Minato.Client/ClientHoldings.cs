using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>What a client holds over its connections: who it is, what it waits for, where its rooms stand.</summary>
internal sealed class ClientHoldings : IAsyncDisposable
{
    private readonly StateKeeper _keeper;
    private string? _session;

    internal ClientHoldings(ClientOptions options)
    {
        Options = options;
        var store = options.Store ?? new MemoryClientStore();
        var state = store.Load();
        _session = state.Session;
        _keeper = new StateKeeper(store, options.Time);
        Updates = new UpdateStream(options.MaxUpdates);
        Outbox = new MutationOutbox(state, _keeper, Updates, options);
        Questions = new PendingQuestions(options);
        Reads = new ReadPositions(options.Time);
        Rooms = new RoomFollower(state, TellAsync);
    }

    internal ClientOptions Options { get; }

    internal UpdateStream Updates { get; }

    internal MutationOutbox Outbox { get; }

    internal PendingQuestions Questions { get; }

    internal ReadPositions Reads { get; }

    internal RoomFollower Rooms { get; }

    /// <summary>As last told; null before the first welcome.</summary>
    internal YouInfo? You { get; private set; }

    internal LimitsInfo? Limits { get; private set; }

    /// <summary>The connection in use.</summary>
    internal Link? Link { get; private set; }

    /// <summary>Whether somebody waits for an answer: then the connection is read, whoever else does not.</summary>
    internal bool WantsAnswers => Outbox.Count > 0 || !Questions.IsEmpty;

    /// <summary>Completes when the connection is worth reading: there is room for what it says, or somebody waits for an answer.</summary>
    internal async Task WhenWanted(CancellationToken cancel)
    {
        while (true)
        {
            var change = Task.WhenAny(Updates.WhenTaken(), Outbox.Added.Wait(), Questions.Added.Wait());
            if (Updates.HasRoom || WantsAnswers)
                return;
            await change.WaitAsync(cancel);
        }
    }

    internal HelloFrame Hello() => new(_session, Options.Token, Rooms.Resume()) { Wants = Options.Wants, Client = Options.Name };

    internal void Welcomed(WelcomeFrame frame, Link link)
    {
        Link = link;
        Limits = frame.Limits;
        if (frame.Session is { } session)
        {
            _session = session;
            _keeper.Save(new SessionKept(session));
        }
        You = frame.You;
        Outbox.Online(link, frame.Limits.InFlight, frame.You.Id);
        Questions.Online(link);
        Reads.Online(link);
    }

    internal void Became(YouInfo you)
    {
        You = you;
        Outbox.Became(you.Id);
    }

    internal void Offline()
    {
        Link = null;
        Outbox.Offline();
        Questions.Offline();
        Reads.Offline();
    }

    internal void Fail(Exception error)
    {
        Outbox.Fail(error);
        Questions.Fail(error);
    }

    /// <summary>Tells the consumer; waits while nobody reads. False: it was let go.</summary>
    internal async ValueTask<bool> TellAsync(Update update, params Mark[] marks)
    {
        while (!Updates.TryAdd(update, marks))
        {
            if (Updates.IsBehind)
                return false;
            if (WantsAnswers)
            {
                Updates.FallBehind();
                return false;
            }
            // Nobody reads, so nobody listens: the server notices, and the client resumes.
            Link?.Heartbeat?.Pause();
            await WhenWanted(Link?.Ended ?? default);
            Link?.Heartbeat?.Resume();
        }
        return true;
    }

    /// <summary>An update was read, and what follows it is wanted.</summary>
    internal void Consumed(Mark[] marks) => _keeper.Move(marks);

    public async ValueTask DisposeAsync()
    {
        Reads.Dispose();
        Questions.Dispose();
        Outbox.Dispose();
        await _keeper.DisposeAsync();
    }
}
