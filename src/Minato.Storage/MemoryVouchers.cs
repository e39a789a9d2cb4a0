using Minato.Core.Storage;

namespace Minato.Storage;

/// <summary>Vouchers of a server that has its data alone. They end with it: nothing is left on the disk that opens anything.</summary>
public sealed class MemoryVouchers(TimeProvider clock) : IVoucherBook
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Shelf> _shelves = [];

    /// <summary>Those that were not taken; some may be too late already.</summary>
    public int Count(VoucherKind kind)
    {
        lock (_gate)
            return ShelfOf(kind).ByHash.Count;
    }

    public ValueTask AddAsync(VoucherKind kind, byte[] hash, string countedBy, string meaning, CancellationToken cancel)
    {
        lock (_gate)
            ShelfOf(kind).Add(new Voucher(Convert.ToHexString(hash), countedBy, meaning, clock.GetTimestamp()));
        return ValueTask.CompletedTask;
    }

    public ValueTask<string?> TakeAsync(VoucherKind kind, byte[] hash, CancellationToken cancel)
    {
        lock (_gate)
        {
            var shelf = ShelfOf(kind);
            if (!shelf.ByHash.TryGetValue(Convert.ToHexString(hash), out var node))
                return new((string?)null);
            shelf.Remove(node);
            return new(shelf.IsLate(node.Value) ? null : node.Value.Meaning);
        }
    }

    public ValueTask<string?> FindAsync(VoucherKind kind, byte[] hash, CancellationToken cancel)
    {
        lock (_gate)
        {
            var shelf = ShelfOf(kind);
            if (!shelf.ByHash.TryGetValue(Convert.ToHexString(hash), out var node) || shelf.IsLate(node.Value))
                return new((string?)null);
            shelf.RenewIfHalfOver(node);
            return new(node.Value.Meaning);
        }
    }

    private Shelf ShelfOf(VoucherKind kind)
    {
        if (!_shelves.TryGetValue(kind.Number, out var shelf))
            _shelves[kind.Number] = shelf = new Shelf(kind, clock);
        return shelf;
    }

    /// <summary>All of one kind, the oldest first.</summary>
    private sealed class Shelf(VoucherKind kind, TimeProvider clock)
    {
        private readonly LinkedList<Voucher> _byAge = [];
        private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

        internal Dictionary<string, LinkedListNode<Voucher>> ByHash { get; } = new(StringComparer.Ordinal);

        internal void Add(Voucher voucher)
        {
            while (_byAge.First is { } oldest && IsLate(oldest.Value))
                Remove(oldest);
            if (_counts.GetValueOrDefault(voucher.CountedBy) >= kind.MaxOfOne)
                Remove(OldestOf(voucher.CountedBy));
            else if (_byAge.Count >= kind.Max)
                Remove(_byAge.First!);
            ByHash.Add(voucher.Hash, _byAge.AddLast(voucher));
            _counts[voucher.CountedBy] = _counts.GetValueOrDefault(voucher.CountedBy) + 1;
        }

        internal void Remove(LinkedListNode<Voucher> node)
        {
            _byAge.Remove(node);
            ByHash.Remove(node.Value.Hash);
            if (--_counts[node.Value.CountedBy] == 0)
                _counts.Remove(node.Value.CountedBy);
        }

        internal bool IsLate(Voucher voucher) => clock.GetElapsedTime(voucher.At) >= kind.Life;

        internal void RenewIfHalfOver(LinkedListNode<Voucher> node)
        {
            if (clock.GetElapsedTime(node.Value.At) < kind.Life / 2)
                return;
            node.Value.At = clock.GetTimestamp();
            _byAge.Remove(node);
            _byAge.AddLast(node);
        }

        private LinkedListNode<Voucher> OldestOf(string countedBy)
        {
            var node = _byAge.First!;
            while (node.Value.CountedBy != countedBy)
                node = node.Next!;
            return node;
        }
    }

    private sealed class Voucher(string hash, string countedBy, string meaning, long at)
    {
        internal string Hash { get; } = hash;

        internal string CountedBy { get; } = countedBy;

        internal string Meaning { get; } = meaning;

        /// <summary>Since when it is good, or good again.</summary>
        internal long At { get; set; } = at;
    }
}
