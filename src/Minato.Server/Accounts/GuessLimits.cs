using System.Net;
using Minato.Server.Listening;
using Minato.Server.Nodes;

namespace Minato.Server.Accounts;

/// <summary>
/// How often one may be wrong about who one is. An attempt counts as wrong until it was right, so that many at once are not many for free.
/// A device that somebody has logged in with has a count of its own: strangers who guess do not lock out whom they guess at.
/// Other nodes are told of each, and what they tell is counted as if it had been here.
/// </summary>
/// <param name="pseudonyms">Under which they tell each other who is counted.</param>
/// <param name="news">Null: there is no other node.</param>
internal sealed class GuessLimits(MinatoOptions options, TimeProvider clock, Pseudonyms pseudonyms, GuessNews? news = null)
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
            var known = pseudonyms.Of(guess.Keys[0].Key);
            if (_counts.Remove(known))
                news?.Add(known, GuessChange.Forgiven);
            // But who has one account of their own could make room for guesses at others by it.
            foreach (var (key, _) in guess.Keys.Skip(1))
                TakeOneBack(pseudonyms.Of(key));
        }
    }

    /// <summary>Nobody looked whether it was right: the server was busy, or its database away.</summary>
    internal void Undo(Guess guess)
    {
        lock (_gate)
            foreach (var (key, _) in guess.Keys)
                TakeOneBack(pseudonyms.Of(key));
    }

    /// <summary>What was tried at another node, in the second before.</summary>
    internal void Hear(string key, GuessChange change)
    {
        if (!options.RateLimits)
            return;
        lock (_gate)
        {
            if (change.IsForgiven)
                _counts.Remove(key);
            if (change.Wrong > 0)
                Add(key, change.Wrong, clock.GetTimestamp());
            else
                TakeBack(key, -change.Wrong);
        }
    }

    /// <summary>Null: it may be tried; it counts whatever becomes of it.</summary>
    internal TimeSpan? TrySignUp(IPAddress? address) =>
        TryCount([($"new {AddressKey.Of(address)}", Guess.IsLoopback(address) ? FreeOfLoopback : FreeSignUps)]);

    private TimeSpan? TryCount(IReadOnlyList<(string Key, int Free)> keys)
    {
        if (!options.RateLimits)
            return null;
        var counted = keys.Select(k => (Key: pseudonyms.Of(k.Key), k.Free)).ToList();
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            var wait = counted.Max(k => _counts.TryGetValue(k.Key, out var count) ? count.WaitAt(now, k.Free, clock) : TimeSpan.Zero);
            if (wait > TimeSpan.Zero)
                return TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
            foreach (var (key, _) in counted)
            {
                Add(key, 1, now);
                news?.Add(key, GuessChange.OneWrong);
            }
            return null;
        }
    }

    /// <summary>The newest stands last, so that the oldest is forgotten first.</summary>
    private void Add(string key, int wrong, long now)
    {
        var isKept = _counts.Remove(key, out var before) && clock.GetElapsedTime(before.At, now) < Memory;
        if (_counts.Count == Max)
            _counts.RemoveAt(0);
        _counts.Add(key, isKept ? new Tally { Wrong = before!.Wrong + wrong, At = now, AtBefore = before.At } : new Tally { Wrong = wrong, At = now, AtBefore = now });
    }

    private void TakeOneBack(string key)
    {
        if (TakeBack(key, 1))
            news?.Add(key, GuessChange.OneLess);
    }

    /// <returns>False: none was counted.</returns>
    private bool TakeBack(string key, int notWrong)
    {
        if (!_counts.TryGetValue(key, out var count) || notWrong == 0)
            return false;
        count.Wrong -= notWrong;
        if (count.Wrong <= 0)
            _counts.Remove(key);
        // Else whoever had waited already would wait once more, for nothing.
        count.At = count.AtBefore;
        return true;
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
