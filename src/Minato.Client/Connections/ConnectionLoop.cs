namespace Minato.Client;

/// <summary>Keeps a connection: made, and made again with growing patience whenever it is lost, until it is stopped or nobody is let in.</summary>
internal sealed class ConnectionLoop(IClientTransport transport, ClientHoldings held, Uri server)
{
    /// <summary>A connection that lived this long was a good one: the next loss starts the backoff from its beginning. As the browser client's.</summary>
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(10);

    private readonly ClientOptions _options = held.Options;
    private readonly TaskCompletionSource _firstWelcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _attempt;

    internal ClientStatus Status { get; private set; }

    /// <summary>Why the last attempt failed.</summary>
    internal ConnectException? LastFailure { get; private set; }

    /// <exception cref="LoginRequiredException"/>
    internal Task FirstWelcome => _firstWelcome.Task;

    internal async Task RunAsync(CancellationToken cancel)
    {
        LoginRequiredException? refusal = null;
        try
        {
            while (refusal is null)
            {
                // Whoever lets updates pile up gets no others: else each reconnect would bring another mebibyte to nobody.
                await held.WhenWanted(cancel);
                Become(ClientStatus.Connecting);
                var (end, pause) = await LiveAsync(cancel);
                cancel.ThrowIfCancellationRequested();
                if (end == SessionEnd.LoginRequired)
                    refusal = new LoginRequiredException(server);
                else
                    await WaitAsync(end, pause, cancel);
            }
            Become(ClientStatus.LoginRequired);
            held.Fail(refusal);
            _firstWelcome.TrySetException(refusal);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Become(ClientStatus.Stopped);
            _firstWelcome.TrySetCanceled(cancel);
        }
        catch (Exception e)
        {
            // A fault of our own: whoever waits is told rather than left waiting.
            Become(ClientStatus.Stopped);
            held.Fail(e);
            _firstWelcome.TrySetException(e);
            held.Updates.Complete(e);
            throw;
        }
        held.Updates.Complete(refusal);
    }

    /// <summary>One connection from its opening to its end.</summary>
    /// <returns>And how long the server asked to be left alone.</returns>
    private async Task<(SessionEnd End, TimeSpan Pause)> LiveAsync(CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(_options.ConnectTimeout, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        ClientSession? session = null;
        try
        {
            await using var link = new Link(await transport.OpenAsync(either.Token), either.Token);
            session = new ClientSession(
                link, held, () =>
                {
                    // From here on the heartbeat says whether it lives.
                    patience.CancelAfter(Timeout.InfiniteTimeSpan);
                    Become(ClientStatus.Online);
                    _firstWelcome.TrySetResult();
                });
            held.Updates.CatchUp();
            held.Updates.Drained = link.End;
            var end = await session.RunAsync();
            if (session.Welcomed is null)
                LastFailure = new ConnectException($"{server} closed before its welcome, or said nothing within {_options.ConnectTimeout.TotalSeconds} s.");
            else if (_options.Time.GetElapsedTime(session.Welcomed.Value) >= Stable)
                _attempt = 0;
            return (end, session.RetryAfter ?? TimeSpan.Zero);
        }
        catch (ConnectException e)
        {
            LastFailure = e;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            LastFailure = new ConnectException($"{server} did not answer within {_options.ConnectTimeout.TotalSeconds} s.");
        }
        finally
        {
            held.Updates.Drained = null;
        }
        return (SessionEnd.Lost, TimeSpan.Zero);
    }

    private async Task WaitAsync(SessionEnd end, TimeSpan pause, CancellationToken cancel)
    {
        // Falling behind is one's own doing, and no sign that the server has trouble.
        var attempt = end == SessionEnd.Behind ? 0 : _attempt++;
        var wait = Task.Delay(pause + FullJitter.Wait(attempt, _options.Random()), _options.Time, cancel);
        Become(ClientStatus.Waiting);
        await wait;
    }

    private void Become(ClientStatus status)
    {
        if (status == Status)
            return;
        Status = status;
        held.Updates.Offer(new StatusChanged(status));
    }
}
