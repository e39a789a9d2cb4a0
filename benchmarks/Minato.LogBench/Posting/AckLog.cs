using System.Diagnostics;
using Minato.Core.Commands;
using Minato.LogBench.Databases;
using Minato.LogBench.Measuring;
using Minato.LogBench.Texts;

namespace Minato.LogBench.Posting;

/// <summary>
/// What was acknowledged, in the order of the log. The first posts only warm up: they let SQLite's log grow to the size at which it is
/// written over, where an fsync no longer changes the file's length (40 µs instead of 4 ms on the machine this was written on), and
/// see a checkpoint. Belongs to the publisher's thread until the senders are done.
/// </summary>
/// <param name="warmUp">Posts, at the least.</param>
internal sealed class AckLog(int warmUp, TimeSpan warmUpTime)
{
    private readonly List<(long Room, long Seq, long User, long Ts, int Body)> _posts = new(1 << 20);
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource _warm = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _warmAt;
    private Refused? _refused;

    /// <summary>From submitting a post until its answer is queued for the socket.</summary>
    internal Timings Times { get; } = new();

    internal int Count => _posts.Count;

    /// <summary>Posts that only warmed up; all of them until it is warm.</summary>
    internal int Warmed { get; private set; }

    /// <summary>Completes when the measurement begins.</summary>
    internal Task Warm => _warm.Task;

    /// <summary>Since then.</summary>
    internal double Seconds => Stopwatch.GetElapsedTime(_warmAt).TotalSeconds;

    internal void Add(Post post, int body, Outcome outcome, long ticks)
    {
        if (outcome is not Logged logged)
        {
            _refused = outcome as Refused;
            return;
        }
        _posts.Add((post.Room.Value, logged.Seq, post.Actor.Id.Value, logged.Ts, body));
        if (_warmAt > 0)
            Times.Add(ticks);
        else
            WarmUp();
    }

    internal void Refuse(Refused refused) => _refused = refused;

    private void WarmUp()
    {
        Warmed = _posts.Count;
        if (Warmed < warmUp || Stopwatch.GetElapsedTime(_began) < warmUpTime)
            return;
        _warmAt = Stopwatch.GetTimestamp();
        _warm.SetResult();
    }

    /// <summary>The same posts as rows, for somebody else to write.</summary>
    /// <exception cref="InvalidOperationException">One was refused: then this was no measurement.</exception>
    internal PostRow[] ToRows(ReadOnlyMemory<byte>[] bodies)
    {
        if (_refused is { } refused)
            throw new InvalidOperationException($"A post was refused: {refused.Reason}.", refused.Cause);
        var postNo = new Dictionary<long, long>();
        return [.. _posts.Select((p, i) => new PostRow(
            p.Room, p.Seq, postNo[p.Room] = postNo.GetValueOrDefault(p.Room) + 1, p.User, p.Ts, Ulid.Of(p.Ts, (p.User << 40) + i), bodies[p.Body]))];
    }
}
