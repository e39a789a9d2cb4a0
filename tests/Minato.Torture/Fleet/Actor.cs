using System.Net;
using Minato.Torture.Histories;

namespace Minato.Torture.Fleet;

/// <summary>One client that acts at random and never gives up: a connection that breaks is followed by the next.</summary>
internal abstract class Actor(string name, FleetOptions options, Recorder recorder, int seed)
{
    /// <summary>Milliseconds that an answer may take, at the least and at the most, before it is looked for at another server.</summary>
    private const int LeastPatience = 3000, MostPatience = 10_000;

    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);

    private CancellationTokenSource? _life;
    private int _server = -1;

    public string Name { get; } = name;

    protected FleetOptions Options { get; } = options;

    protected Recorder Recorder { get; } = recorder;

    protected Random Random { get; } = new(seed);

    /// <summary>Whose turn it is, of those that it knows, and its number, from 1.</summary>
    protected IPEndPoint Server => Options.Servers[Math.Max(_server, 0)];

    protected int Node => Math.Max(_server, 0) + 1;

    /// <summary>How long an answer may take on this connection. Nobody leaves the only server there is, or any once nothing strikes any more.</summary>
    protected TimeSpan Patience { get; private set; } = Timeout.InfiniteTimeSpan;

    /// <summary>Whether to go on acting; if not, what waits is still sent, and what comes is still read.</summary>
    public bool IsActing { get; private set; } = true;

    /// <summary>Nothing of its own waits for an answer.</summary>
    public abstract bool IsSettled { get; }

    /// <summary>It does not come back.</summary>
    protected virtual bool HasLeft => false;

    public void StopActing() => IsActing = false;

    /// <summary>Ends the connection as if its machine had gone: the server hears of it what the network lets through.</summary>
    public void Abandon() => Volatile.Read(ref _life)?.Cancel();

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && !HasLeft)
        {
            ChooseServer();
            using var life = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Volatile.Write(ref _life, life);
            try
            {
                life.CancelAfter(ConnectWithin);
                await LiveAsync(() => life.CancelAfter(Timeout.InfiniteTimeSpan), life.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or HttpRequestException)
            {
                // What all this is about.
            }
            finally
            {
                Volatile.Write(ref _life, null);
            }
            Recorder.Add(new Lost(Recorder.Now, Name));
            await Task.Delay(Random.Next(20, 400), CancellationToken.None);
        }
    }

    /// <summary>One connection, from its making to its end.</summary>
    /// <param name="connected">To be called once the server has answered.</param>
    protected abstract Task LiveAsync(Action connected, CancellationToken life);

    /// <summary>Cuts the connection in the middle of something, if that can be.</summary>
    public abstract void Cut();

    /// <summary>Waits until all that was under way has arrived, now that nobody acts any more.</summary>
    public abstract Task ArriveAsync(CancellationToken stop);

    /// <summary>Writes down how far it came.</summary>
    public abstract void End();

    /// <summary>Somebody who is told that nothing can be had here goes elsewhere, or waits.</summary>
    protected void LookElsewhere()
    {
        // Not from here: whoever was told so may be in the middle of something.
        if (Options.Servers.Length > 1 && Random.Shared.Next(2) == 0)
            _ = Task.Run(Abandon);
    }

    protected TimeSpan NextPause() => TimeSpan.FromMilliseconds(-Math.Log(1 - Random.NextDouble()) * Options.Pause);

    /// <summary>Another than the last, where there are several.</summary>
    private void ChooseServer()
    {
        var count = Options.Servers.Length;
        _server = count == 1 ? 0 : _server < 0 ? Random.Next(count) : (_server + Random.Next(1, count)) % count;
        Patience = count > 1 && IsActing ? TimeSpan.FromMilliseconds(Random.Next(LeastPatience, MostPatience)) : Timeout.InfiniteTimeSpan;
    }

    protected void Complain(string what) => Recorder.Add(new Complained(Recorder.Now, Name, what));
}
