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
    private readonly OrderedDictionary<string, Ceremony> _all = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    internal int Count
    {
        get
        {
            lock (_gate)
                return _all.Count;
        }
    }

    /// <param name="owner">Whose answer alone it takes.</param>
    /// <param name="countedBy">Who has asked for it.</param>
    /// <param name="state">What the answer will be held against.</param>
    /// <returns>What it is called.</returns>
    internal string Begin(string owner, string countedBy, string state)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
        lock (_gate)
        {
            while (_all.Count > 0 && IsOver(_all.GetAt(0).Value))
                RemoveAt(0);
            if (_counts.GetValueOrDefault(countedBy) >= MaxOfOne)
                RemoveAt(_all.IndexOf(_all.First(c => c.Value.CountedBy == countedBy).Key));
            else if (_all.Count >= Max)
                RemoveAt(0);
            _all.Add(id, new Ceremony(owner, countedBy, state, clock.GetTimestamp()));
            _counts[countedBy] = _counts.GetValueOrDefault(countedBy) + 1;
        }
        return id;
    }

    /// <summary>The state that it was begun with. Null: there is none, it is over, another's, or was answered before.</summary>
    internal string? TryEnd(string id, string owner)
    {
        lock (_gate)
        {
            // Another's stays theirs.
            if (!_all.TryGetValue(id, out var ceremony, out var index) || ceremony.Owner != owner)
                return null;
            RemoveAt(index);
            return IsOver(ceremony) ? null : ceremony.State;
        }
    }

    private bool IsOver(Ceremony ceremony) => clock.GetElapsedTime(ceremony.At) >= Life;

    private void RemoveAt(int index)
    {
        var by = _all.GetAt(index).Value.CountedBy;
        _all.RemoveAt(index);
        if (--_counts[by] == 0)
            _counts.Remove(by);
    }

    private sealed record Ceremony(string Owner, string CountedBy, string State, long At)
    {
        /// <summary>Never in a log.</summary>
        public override string ToString() => "…";
    }
}
