using System.Collections.Concurrent;
using System.Security.Cryptography;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;

namespace Minato.Server.Nodes;

/// <summary>What the writer, the publisher and the follower of one node have to say to each other, where others may write to the same database.</summary>
internal sealed class NodeLink(TimeProvider clock)
{
    /// <summary>A node that has not seen the log for as long does not know what it is a part of: several looks in vain.</summary>
    internal static readonly TimeSpan CutOffAfter = TimeSpan.FromSeconds(5);

    /// <summary>Of those who write something at once; past it nobody reads who it is.</summary>
    private const int MaxTyped = 10_000;

    /// <summary>When nothing is being committed.</summary>
    private const long Never = long.MaxValue;

    private long _followedAt = clock.GetTimestamp();
    private long _heardAt = clock.GetTimestamp();
    private long _committingSince = Never;

    /// <summary>As it calls itself to the others.</summary>
    internal string Name { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));

    /// <summary>Of the log.</summary>
    internal Hints Hints { get; } = new();

    /// <summary>Of what is told besides it.</summary>
    internal Hints Beside { get; } = new();

    internal OwnCommits Own { get; } = new();

    internal GuessNews Guesses { get; } = new();

    /// <summary>Which log it is of which all of this speaks. Set before anything is committed.</summary>
    internal Past? Past { get; set; }

    /// <summary>Who writes something here, for other nodes to tell. Taken every second.</summary>
    internal ConcurrentQueue<(RoomId Room, UserId User)> Typed { get; } = new();

    internal void Type(RoomId room, UserId user)
    {
        if (Typed.Count < MaxTyped)
            Typed.Enqueue((room, user));
    }

    /// <summary>What others commit or change is not seen here, or what is committed here is not answered: nothing more is taken until it is.</summary>
    internal bool IsCutOff => IsLong(ref _followedAt) || IsLong(ref _heardAt) || IsLong(ref _committingSince);

    /// <summary>What it is that is not seen, in a sentence that begins so.</summary>
    internal string Missing =>
        IsLong(ref _committingSince) ? "A commit is not answered"
        : IsLong(ref _followedAt) ? "What other servers say is not read"
        : "What other servers change is not read";

    /// <summary>Called by the writer before it asks the database for a commit.</summary>
    internal void Ask() => Volatile.Write(ref _committingSince, clock.GetTimestamp());

    /// <summary>Called by the writer when that was answered, in whatever way.</summary>
    internal void Answered() => Volatile.Write(ref _committingSince, Never);

    /// <summary>Called by whoever has read something, before anything comes of it.</summary>
    /// <exception cref="StoreAwayException">It cannot be told whether the log is still the same.</exception>
    internal void CheckPast()
    {
        if (Past is not { IsInDoubt: true } past)
            return;
        // What the writer has in hand may be of the past that was.
        Own.AwaitHandedOn();
        past.Check();
    }

    /// <summary>Everything that others committed before this look is on its way to those who are here.</summary>
    /// <param name="lookedAt">When the look began, in the clock's ticks.</param>
    internal void Followed(long lookedAt) => Volatile.Write(ref _followedAt, lookedAt);

    /// <summary>Of what others changed besides the log something was learned, or that it was nothing.</summary>
    /// <param name="at">In the clock's ticks.</param>
    internal void HeardOfChanges(long at) => Volatile.Write(ref _heardAt, at);

    /// <summary>Names what is to be looked for to whoever does.</summary>
    internal void Hint(CommitHint hint)
    {
        if (hint != CommitHint.Beside)
            Hints.Add(hint);
        if (hint.Room == default)
            Beside.Add(hint);
    }

    private bool IsLong(ref long since) => clock.GetElapsedTime(Volatile.Read(ref since)) > CutOffAfter;
}
