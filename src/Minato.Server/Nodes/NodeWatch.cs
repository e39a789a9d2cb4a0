using Microsoft.Extensions.Logging;
using Minato.Core.Storage;

namespace Minato.Server.Nodes;

/// <summary>
/// Looks after something that other nodes do: when it is told to, and every second whatever it is told, because hints may be lost. Its thread is its own,
/// since it waits for another machine.
/// </summary>
internal abstract partial class NodeWatch : IAsyncDisposable
{
    /// <summary>Between two looks that nobody asked for.</summary>
    internal static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Hints _hints;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lookedAt;
    private string? _trouble;
    private bool _isStarted;

    /// <param name="hints">When it has to look.</param>
    private protected NodeWatch(Hints hints, TimeProvider clock, ILogger log)
    {
        (_hints, _clock, _log) = (hints, clock, log);
        _lookedAt = clock.GetTimestamp();
    }

    /// <summary>What it looks after, in a sentence about other servers on the database.</summary>
    protected abstract string What { get; }

    protected CancellationToken Stopping => _stop.Token;

    /// <summary>One turn: looks for what was hinted at, or for everything when it is time.</summary>
    /// <returns>False once it was told to stop.</returns>
    internal bool RunOnce(bool waits)
    {
        if (!_hints.Take(waits ? UntilLook : TimeSpan.Zero, out var hinted))
            return false;
        try
        {
            var isLook = hinted.IsLook || UntilLook == TimeSpan.Zero;
            if (isLook)
                _lookedAt = _clock.GetTimestamp();
            Look(hinted with { IsLook = isLook });
            if (_trouble is not null)
                LogWell(What);
            _trouble = null;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            // What was hinted at is found by the next look. Said once: the same trouble comes again with every one.
            if (_trouble != e.Message)
                LogTrouble(What, e.Message, e is StoreException ? null : e);
            _trouble = e.Message;
        }
        return true;
    }

    /// <summary>Follows no more.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _hints.Close();
        if (_isStarted)
            await _ended.Task;
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes its turns from now on. Without it, whoever made it does, by <see cref="RunOnce"/>.</summary>
    protected void Start(string thread)
    {
        new Thread(Run) { Name = thread, IsBackground = true }.Start();
        _isStarted = true;
    }

    /// <param name="hinted">Where it is a look, everything.</param>
    protected abstract void Look(Hinted hinted);

    protected T Wait<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().WaitAsync(Stopping).GetAwaiter().GetResult();

    private TimeSpan UntilLook
    {
        get
        {
            var left = LookEvery - _clock.GetElapsedTime(_lookedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    private void Run()
    {
        try
        {
            while (RunOnce(waits: true))
            {
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop in the middle of a look.
        }
        _ended.SetResult();
    }

    [LoggerMessage(230, LogLevel.Error, "What other servers on the database {What} is not seen here: {Message} It goes on trying.")]
    private partial void LogTrouble(string what, string message, Exception? e);

    [LoggerMessage(231, LogLevel.Information, "What other servers on the database {What} is seen again.")]
    private partial void LogWell(string what);
}
