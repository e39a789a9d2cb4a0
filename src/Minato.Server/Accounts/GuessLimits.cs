using System.Net;
using Minato.Core.Users;
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

    /// <summary>Null: begun, and to be ended by <see cref="Succeed"/> where it was right. Else how long to wait.</summary>
    /// <param name="nick">As it was given; whether there is such an account makes no difference.</param>
    /// <param name="device">One that the account is known to have been used with; null: none.</param>
    internal TimeSpan? TryBegin(string nick, IPAddress? address, string? device) => TryCount(Keys(nick, address, device));

    internal void Succeed(string nick, IPAddress? address, string? device)
    {
        lock (_gate)
        {
            var keys = Keys(nick, address, device);
            // Who knows the password is not the one who guessed at it.
            _counts.Remove(keys[0].Key);
            // But who has one account of their own could make room for guesses at others by it.
            foreach (var (key, _) in keys.Skip(1))
                if (_counts.TryGetValue(key, out var count) && --count.Wrong <= 0)
                    _counts.Remove(key);
        }
    }

    /// <summary>Null: it may be tried; it counts whatever becomes of it.</summary>
    internal TimeSpan? TrySignUp(IPAddress? address) =>
        TryCount([("new " + AddressKey.Of(address), IsLoopback(address) ? FreeOfLoopback : FreeSignUps)]);

    private TimeSpan? TryCount((string Key, int Free)[] keys)
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
        var wrong = _counts.Remove(key, out var before) && clock.GetElapsedTime(before.At, now) < Memory ? before.Wrong : 0;
        if (_counts.Count == Max)
            _counts.RemoveAt(0);
        _counts.Add(key, new Tally { Wrong = wrong + 1, At = now });
    }

    private static (string Key, int Free)[] Keys(string nick, IPAddress? address, string? device)
    {
        // What cannot be a nick is nobody's, and counts as one name: whoever tries many of those is held by their address.
        var account = Nick.Normalize(nick) is { } name ? Nick.Key(name) : "";
        return device is not null
            ? [($"device {device} {account}", FreeOfAccount)]
            : [($"account {account}", FreeOfAccount), ($"address {AddressKey.Of(address)}", IsLoopback(address) ? FreeOfLoopback : FreeOfAddress)];
    }

    private static bool IsLoopback(IPAddress? address) => address is null || IPAddress.IsLoopback(address);

    private sealed class Tally
    {
        internal int Wrong { get; set; }

        internal long At { get; init; }

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
