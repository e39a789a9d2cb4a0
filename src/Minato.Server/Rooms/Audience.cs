namespace Minato.Server.Rooms;

/// <summary>Those whom a room tells, by the format in which they are told. Belongs to its room, and is guarded by the room's lock.</summary>
internal sealed class Audience
{
    private readonly Dictionary<WireFormat, List<Subscription>> _byFormat = [];

    /// <summary>Each format in use, and for whom.</summary>
    internal IEnumerable<KeyValuePair<WireFormat, List<Subscription>>> ByFormat => _byFormat.Where(f => f.Value.Count > 0);

    internal IEnumerable<Subscription> All => _byFormat.Values.SelectMany(s => s);

    internal List<Subscription> In(WireFormat format) => _byFormat.TryGetValue(format, out var subscribers) ? subscribers : [];

    internal void Add(Subscription subscription, WireFormat format)
    {
        if (!_byFormat.TryGetValue(format, out var list))
            _byFormat[format] = list = [];
        (subscription.Format, subscription.Index) = (format, list.Count);
        list.Add(subscription);
    }

    /// <returns>False: it was not there any more.</returns>
    internal bool Remove(Subscription subscription)
    {
        if (subscription.Format is not { } format)
            return false;
        var list = _byFormat[format];
        if (list.Count == 1)
            _byFormat.Remove(format);
        var last = list[^1];
        list[subscription.Index] = last;
        last.Index = subscription.Index;
        list.RemoveAt(list.Count - 1);
        subscription.Format = null;
        return true;
    }
}
