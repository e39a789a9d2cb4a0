using System.Net;

namespace Minato.Server.Listening;

/// <summary>How many connections of one address may be undecided at once: whoever opens many and says nothing holds up nobody else.</summary>
internal sealed class UndecidedLimit
{
    /// <summary>An office behind one address reconnects at once after a restart.</summary>
    private const int MaxOfAddress = 256;

    /// <summary>Everybody on this machine has one address.</summary>
    private const int MaxOfLoopback = 4_096;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _counts = [];

    internal bool TryEnter(IPAddress? address)
    {
        address ??= IPAddress.None;
        lock (_gate)
        {
            var count = _counts.GetValueOrDefault(address);
            if (count >= (IPAddress.IsLoopback(address) ? MaxOfLoopback : MaxOfAddress))
                return false;
            _counts[address] = count + 1;
            return true;
        }
    }

    internal void Exit(IPAddress? address)
    {
        address ??= IPAddress.None;
        lock (_gate)
        {
            if (_counts[address] == 1)
                _counts.Remove(address);
            else
                _counts[address]--;
        }
    }
}

/// <summary>One connection's place among the undecided, given back once.</summary>
internal sealed class UndecidedClaim(UndecidedLimit limit, IPAddress? address)
{
    private bool _released;

    internal void Release()
    {
        if (_released)
            return;
        _released = true;
        limit.Exit(address);
    }
}
