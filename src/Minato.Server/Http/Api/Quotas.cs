using System.Net;
using Minato.Core.Users;
using Minato.Server.Listening;

namespace Minato.Server.Http.Api;

/// <summary>The quota of everybody who asked lately. Who has not for a while is forgotten: by then they would have all of it again.</summary>
internal sealed class Quotas(MinatoOptions options, TimeProvider clock)
{
    /// <summary>Users and addresses that are remembered at once, some MiB; beyond that one who has nothing under way is forgotten for each who comes.</summary>
    private const int Max = 10_000;

    /// <summary>Longer than the paces take to be whole again, which is ten seconds.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<(UserId? User, IPAddress? Address), Quota> _quotas = [];
    private long _sweptAt = clock.GetTimestamp();

    internal int Count
    {
        get
        {
            lock (_gate)
                return _quotas.Count;
        }
    }

    /// <summary>Requests of one user at once; as many as a WebSocket may have unanswered.</summary>
    internal const int MaxOfUser = Log.Lane.MaxInFlight;

    /// <summary>Requests of one address at once, an office behind it; on loopback everybody on this machine has one address.</summary>
    internal const int MaxOfAddress = 256, MaxOfLoopback = 4_096;

    internal Quota? TryEnter(UserId user) => TryEnter((user, null), MaxOfUser);

    internal Quota? TryEnter(IPAddress? address) =>
        TryEnter((null, AddressKey.Of(address)), address is null || IPAddress.IsLoopback(address) ? MaxOfLoopback : MaxOfAddress);

    internal void Exit(Quota quota)
    {
        lock (_gate)
        {
            quota.UnderWay--;
            quota.LastSeen = clock.GetTimestamp();
        }
    }

    private Quota? TryEnter((UserId?, IPAddress?) key, int maxAtOnce)
    {
        lock (_gate)
        {
            if (clock.GetElapsedTime(_sweptAt) > Memory)
                Sweep();
            if (!_quotas.TryGetValue(key, out var quota))
            {
                if (_quotas.Count >= Max && !TryForgetSomebody())
                    return null;
                _quotas[key] = quota = new Quota(options, clock);
            }
            if (quota.UnderWay >= maxAtOnce)
                return null;
            quota.UnderWay++;
            return quota;
        }
    }

    /// <summary>Who asks under very many names makes others forgotten, who begin anew: nobody is kept out.</summary>
    private bool TryForgetSomebody()
    {
        foreach (var (key, quota) in _quotas)
            if (quota.UnderWay == 0)
                return _quotas.Remove(key);
        return false;
    }

    private void Sweep()
    {
        foreach (var (key, quota) in _quotas)
            if (quota.UnderWay == 0 && clock.GetElapsedTime(quota.LastSeen) > Memory)
                _quotas.Remove(key);
        _sweptAt = clock.GetTimestamp();
    }
}
