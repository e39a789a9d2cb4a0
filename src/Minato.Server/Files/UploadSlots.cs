using System.Diagnostics.CodeAnalysis;
using System.Net;
using Minato.Core.Users;
using Minato.Server.Listening;

namespace Minato.Server.Files;

/// <summary>Who uploads how much at once. Addresses are counted, too: whoever makes guests at will would have every slot, and keep them by trickling.</summary>
internal sealed class UploadSlots(UploadBounds bounds)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(UserId? User, IPAddress? Address), int> _taken = [];

    internal bool TryTake(UserId user, IPAddress? address, [NotNullWhen(true)] out IDisposable? slot)
    {
        (UserId?, IPAddress?) ofUser = (user, null), ofAddress = (null, AddressKey.Of(address)), ofAll = default;
        lock (_gate)
        {
            slot = IsFull(ofUser, bounds.OfPerson) || IsFull(ofAddress, OfAddress(address)) || IsFull(ofAll, bounds.AtOnce)
                ? null
                : new Slot(this, [ofUser, ofAddress, ofAll]);
            return slot is not null;
        }
    }

    /// <summary>On loopback everybody on this machine has one address, and everybody behind a proxy that nobody named.</summary>
    private int OfAddress(IPAddress? address) => address is null || IPAddress.IsLoopback(address) ? bounds.AtOnce : bounds.OfAddress;

    private bool IsFull((UserId?, IPAddress?) key, int max) => _taken.GetValueOrDefault(key) >= max;

    private sealed class Slot : IDisposable
    {
        private readonly UploadSlots _slots;
        private readonly (UserId?, IPAddress?)[] _counted;

        /// <summary>Under the gate.</summary>
        internal Slot(UploadSlots slots, (UserId?, IPAddress?)[] counted)
        {
            (_slots, _counted) = (slots, counted);
            foreach (var key in counted)
                slots._taken[key] = slots._taken.GetValueOrDefault(key) + 1;
        }

        public void Dispose()
        {
            lock (_slots._gate)
                foreach (var key in _counted)
                    if (--_slots._taken[key] == 0)
                        _slots._taken.Remove(key);
        }
    }
}
