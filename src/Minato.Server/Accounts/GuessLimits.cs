using System.Net;
using Minato.Server.Listening;

namespace Minato.Server.Accounts;

/// <summary>
/// How often one may be wrong about who one is. An attempt counts as wrong until it was right, so that many at once are not many for free.
/// A device that somebody has logged in with has a count of its own: strangers who guess do not lock out whom they guess at.
/// </summary>
internal sealed class GuessLimits(MinatoOptions options, TimeProvider clock)
{
    /// <summary>Wrong in a row at an account before one has to wait. NIST SP 800-63B allows 100 in all.</summary>
    internal const int FreeOfAccount = 5;

    /// <summary>Wrong from one address, a household or an office behind it; on loopback it is everybody on this machine.</summary>
    internal const int FreeOfAddress = 20, FreeOfLoopback = 200;

    /// <summary>New accounts from one address, a class of pupils; each costs a password's hash.</summary>
    internal const int FreeSignUps = 40;

    /// <summary>The first wait, which doubles with each that follows.</summary>
    internal static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>96 guesses a day at the most, at an account that somebody guesses at for ever.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>Without a wrong one for so long, all is forgotten.</summary>
    internal static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    /// <summary>Accounts, devices and addresses that are remembered, some MiB; beyond that the one that was wrong the longest time ago is forgotten.</summary>
    internal const int Max = 20_000;

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, Tally> _counts = new(StringComparer.Ordinal);

    internal int Count
    {
        get
        {
            lock (_gate)
                return _counts.Count;
        }
    }

    /// <summary>Null: begun, and to be ended by <see cref="Succeed"/> where it was right, by <see cref="Undo"/> where nobody looked. Else how long to wait.</summary>
    internal TimeSpan? TryBegin(Guess guess) => TryCount(guess.Keys);

    internal void Succeed(Guess guess)
    {
        lock (_gate)
        {
            // Who knows the secret is not the one who guessed at it.
            _counts.Remove(guess.Keys[0].Key);
            // But who has one account of their own could make room for guesses at others by it.
            foreach (var (key, _) in guess.Keys.Skip(1))
                TakeBack(key);
        }
    }

    /// <summary>Nobody looked whether it was right: the server was busy, or its database away.</summary>
    internal void Undo(Guess guess)
    {
        lock (_gate)
            foreach (var (key, _) in guess.Keys)
                TakeBack(key);
    }

    /// <summary>Null: it may be tried; it counts whatever becomes of it.</summary>
    internal TimeSpan? TrySignUp(IPAddress? address) =>
        TryCount([($"new {AddressKey.Of(address)}", Guess.IsLoopback(address) ? FreeOfLoopback : FreeSignUps)]);

    private TimeSpan? TryCount(IReadOnlyList<(string Key, int Free)> keys)
    {
        if (!options.RateLimits)
            return null;
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            var wait = keys.Max(k => _counts.TryGetValue(k.Key, out var count) ? count.WaitAt(now, k.Free, clock) : TimeSpan.Zero);
            if (wait > TimeSpan.Zero)
                return TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
            foreach (var (key, _) in keys)
                Add(key, now);
            return null;
        }
    }

    /// <summary>The newest stands last, so that the oldest is forgotten first.</summary>
    private void Add(string key, long now)
    {
        var isKept = _counts.Remove(key, out var before) && clock.GetElapsedTime(before.At, now) < Memory;
        if (_counts.Count == Max)
            _counts.RemoveAt(0);
        _counts.Add(key, isKept ? new Tally { Wrong = before!.Wrong + 1, At = now, AtBefore = before.At } : new Tally { Wrong = 1, At = now, AtBefore = now });
    }

    private void TakeBack(string key)
    {
        if (!_counts.TryGetValue(key, out var count))
            return;
        if (--count.Wrong <= 0)
            _counts.Remove(key);
        // Else whoever had waited already would wait once more, for nothing.
        count.At = count.AtBefore;
    }

    private sealed class Tally
    {
        internal int Wrong { get; set; }

        /// <summary>When the newest was.</summary>
        internal long At { get; set; }

        /// <summary>And the one before.</summary>
        internal long AtBefore { get; init; }

        internal TimeSpan WaitAt(long now, int free, TimeProvider clock)
        {
            var since = clock.GetElapsedTime(At, now);
            if (Wrong < free || since >= Memory)
                return TimeSpan.Zero;
            var doublings = Math.Min(Wrong - free, 20);
            var wait = FirstWait * (1 << doublings);
            return (wait < LongestWait ? wait : LongestWait) - since;
        }
    }
}
