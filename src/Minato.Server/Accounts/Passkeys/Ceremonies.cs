using System.Buffers.Text;
using System.Security.Cryptography;

namespace Minato.Server.Accounts.Passkeys;

/// <summary>What browsers were asked to have signed, until they answer: in memory only, for a while, and each for one answer.</summary>
internal sealed class Ceremonies(TimeProvider clock)
{
    /// <summary>Time to find the key and a finger; as long as the standard advises browsers to wait.</summary>
    internal static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>Of one address, an office at its doors in the morning, or of one session. Its oldest gives way.</summary>
    internal const int MaxOfOne = 200;

    /// <summary>Some MiB. The oldest gives way.</summary>
    internal const int Max = 10_000;

    private const int IdBytes = 16;

    private readonly Lock _gate = new();

    /// <summary>The oldest first.</summary>
    private readonly LinkedList<Ceremony> _byAge = [];
    private readonly Dictionary<string, LinkedListNode<Ceremony>> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    internal int Count
    {
        get
        {
            lock (_gate)
                return _byId.Count;
        }
    }

    /// <param name="owner">Whose answer alone it takes.</param>
    /// <param name="countedBy">Who has asked for it.</param>
    /// <param name="state">What the answer will be held against.</param>
    /// <returns>What it is called.</returns>
    internal string Begin(string owner, string countedBy, string state)
    {
        var ceremony = new Ceremony(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)), owner, countedBy, state, clock.GetTimestamp());
        lock (_gate)
        {
            while (_byAge.First is { } oldest && IsOver(oldest.Value))
                Remove(oldest);
            if (_counts.GetValueOrDefault(countedBy) >= MaxOfOne)
                Remove(OldestOf(countedBy));
            else if (_byId.Count >= Max)
                Remove(_byAge.First!);
            _byId.Add(ceremony.Id, _byAge.AddLast(ceremony));
            _counts[countedBy] = _counts.GetValueOrDefault(countedBy) + 1;
        }
        return ceremony.Id;
    }

    /// <summary>The state that it was begun with. Null: there is none, it is over, another's, or was answered before.</summary>
    internal string? TryEnd(string id, string owner)
    {
        lock (_gate)
        {
            // Another's stays theirs.
            if (!_byId.TryGetValue(id, out var node) || node.Value.Owner != owner)
                return null;
            Remove(node);
            return IsOver(node.Value) ? null : node.Value.State;
        }
    }

    private bool IsOver(Ceremony ceremony) => clock.GetElapsedTime(ceremony.At) >= Life;

    private LinkedListNode<Ceremony> OldestOf(string countedBy)
    {
        var node = _byAge.First!;
        while (node.Value.CountedBy != countedBy)
            node = node.Next!;
        return node;
    }

    private void Remove(LinkedListNode<Ceremony> node)
    {
        _byAge.Remove(node);
        _byId.Remove(node.Value.Id);
        if (--_counts[node.Value.CountedBy] == 0)
            _counts.Remove(node.Value.CountedBy);
    }

    private sealed record Ceremony(string Id, string Owner, string CountedBy, string State, long At)
    {
        /// <summary>Never in a log.</summary>
        public override string ToString() => "…";
    }
}
