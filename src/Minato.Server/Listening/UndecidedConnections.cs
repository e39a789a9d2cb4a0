using System.Net;

namespace Minato.Server.Listening;

/// <summary>
/// The connections that have not said yet what they are, those included that were greeted and are silent still. Over a bound the oldest one
/// is closed, not the newest refused: somebody honest decides in milliseconds, so whoever opens many and says nothing drives out themselves.
/// </summary>
/// <param name="maxOfAll">Of all addresses together: well below what the process may open.</param>
internal sealed class UndecidedConnections(int maxOfAll)
{
    /// <summary>An office behind one address reconnects at once after a restart.</summary>
    internal const int MaxOfAddress = 256;

    /// <summary>Everybody on this machine has one address, and so has everybody behind a balancer until its header was read.</summary>
    internal const int MaxOfMany = 4_096;

    private readonly Lock _gate = new();
    private readonly LinkedList<Place> _all = [];
    private readonly Dictionary<IPAddress, LinkedList<Place>> _ofAddress = [];

    internal int Count
    {
        get
        {
            lock (_gate)
                return _all.Count;
        }
    }

    /// <summary>Takes a place as the newest one.</summary>
    /// <param name="isOfMany">Whether many come from this address: it is a trusted proxy's.</param>
    /// <param name="close">Closes the connection, later, when it is the oldest of too many.</param>
    internal Place Enter(IPAddress? address, bool isOfMany, Action close)
    {
        var place = new Place(this, close);
        lock (_gate)
        {
            place.InAll = _all.AddLast(place);
            Settle(place, address, isOfMany);
        }
        CloseOldest(place);
        return place;
    }

    private void Settle(Place place, IPAddress? address, bool isOfMany)
    {
        place.Key = AddressKey.Of(address);
        place.Max = isOfMany || IPAddress.IsLoopback(place.Key) ? MaxOfMany : MaxOfAddress;
        if (!_ofAddress.TryGetValue(place.Key, out var those))
            _ofAddress[place.Key] = those = [];
        place.InAddress = those.AddLast(place);
    }

    private void CloseOldest(Place entered)
    {
        Place? oldest = null;
        lock (_gate)
        {
            if (entered.InAddress?.List is { } those && those.Count > entered.Max)
                oldest = those.First!.Value;
            else if (_all.Count > maxOfAll)
                oldest = _all.First!.Value;
            if (oldest is not null)
                Remove(oldest);
        }
        oldest?.Close();
    }

    private void Remove(Place place)
    {
        if (place.InAll is not { } inAll)
            return;
        _all.Remove(inAll);
        place.InAll = null;
        Unsettle(place);
    }

    private void Unsettle(Place place)
    {
        var those = _ofAddress[place.Key];
        those.Remove(place.InAddress!);
        place.InAddress = null;
        if (those.Count == 0)
            _ofAddress.Remove(place.Key);
    }

    /// <summary>One connection's place, given up once.</summary>
    internal sealed class Place(UndecidedConnections owner, Action close)
    {
        internal IPAddress Key { get; set; } = IPAddress.None;

        internal int Max { get; set; }

        internal LinkedListNode<Place>? InAll { get; set; }

        internal LinkedListNode<Place>? InAddress { get; set; }

        internal void Close() => close();

        internal void Leave()
        {
            lock (owner._gate)
                owner.Remove(this);
        }

        /// <summary>A proxy said whose connection it is: it counts there from now on.</summary>
        internal void MoveTo(IPAddress address)
        {
            lock (owner._gate)
            {
                if (InAll is null)
                    return;
                owner.Unsettle(this);
                owner.Settle(this, address, isOfMany: false);
            }
            owner.CloseOldest(this);
        }
    }
}
