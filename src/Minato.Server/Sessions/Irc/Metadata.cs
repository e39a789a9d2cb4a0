namespace Minato.Server.Sessions.Irc;

/// <summary>
/// What people at IRC clients say of themselves and of channels beside their nick and topic: keys with values, in memory, as a realname is.
/// https://ircv3.net/specs/extensions/metadata
/// </summary>
internal sealed class Metadata
{
    /// <summary>Keys of one person or channel: 20. A profile has five.</summary>
    internal const int MaxKeys = 20;

    /// <summary>Bytes of a key.</summary>
    internal const int MaxKey = 40;

    /// <summary>Bytes of a value: with two names of 64 bytes and a key it fits in a line of 512.</summary>
    internal const int MaxValue = 240;

    /// <summary>Channels that one person has said something of: 20.</summary>
    internal const int MaxChannels = 20;

    /// <summary>People and channels that have any: 10,000, at most 60 MiB if all of them fill it up.</summary>
    private const int MaxTargets = 10_000;

    /// <summary>Those of them that are guests', or of clients that are nobody yet: half. Whoever has an account always finds room beside them.</summary>
    private const int MaxOfGuests = MaxTargets / 2;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Entry> _of = [];

    /// <summary>What each person has begun: themselves and channels.</summary>
    private readonly Dictionary<Guid, HashSet<Guid>> _by = [];
    private int _ofGuests;

    internal enum Change
    {
        Done,
        Same,
        NotSet,

        /// <summary>It has <see cref="MaxKeys"/> keys.</summary>
        TooManyKeys,

        /// <summary>Whoever sets it has begun too many, or all have.</summary>
        NoRoom,
    }

    // key = 1*40( 'a'-'z' | '0'-'9' | '_' | '.' | '/' | '-' )
    internal static bool IsKey(string text) => text.Length is > 0 and <= MaxKey && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '.' or '/' or '-');

    /// <param name="target">A user's or a room's id.</param>
    /// <param name="value">Null: it is taken away.</param>
    /// <param name="by">Whoever sets it: what a guest began goes with them.</param>
    internal Change Set(Guid target, string key, string? value, Guid by, bool isGuest)
    {
        lock (_gate)
        {
            var known = _of.GetValueOrDefault(target);
            var was = known?.Values.GetValueOrDefault(key);
            if (value is null)
                return RemoveKey(target, key, known);
            if (was == value)
                return Change.Same;
            if (known is null && !HasRoom(target, by, isGuest))
                return Change.NoRoom;
            if (was is null && known?.Values.Count >= MaxKeys)
                return Change.TooManyKeys;
            (known ?? Begin(target, by, isGuest)).Values[key] = value;
            return Change.Done;
        }
    }

    internal IReadOnlyList<KeyValuePair<string, string>> Of(Guid target)
    {
        lock (_gate)
            return _of.TryGetValue(target, out var known) ? [.. known.Values] : [];
    }

    /// <summary>Somebody has gone: what they said of themselves goes with them, and what a guest said of channels.</summary>
    internal void Forget(Guid person)
    {
        lock (_gate)
            foreach (var target in _by.TryGetValue(person, out var begun) ? begun.ToList() : [])
                if (target == person || _of[target].IsGuests)
                    Remove(target);
    }

    /// <summary>Who was nobody yet is somebody now. What they say of themselves elsewhere already stands.</summary>
    internal void Move(Guid from, Guid to, bool isGuest)
    {
        lock (_gate)
        {
            if (!_of.TryGetValue(from, out var early))
                return;
            Remove(from);
            foreach (var (key, value) in early.Values)
                if (_of.GetValueOrDefault(to)?.Values.ContainsKey(key) != true)
                    Set(to, key, value, to, isGuest);
        }
    }

    /// <summary>A guest has an account from now on.</summary>
    internal void Keep(Guid person)
    {
        lock (_gate)
            foreach (var entry in (_by.GetValueOrDefault(person) ?? []).Select(t => _of[t]).Where(e => e.IsGuests))
            {
                entry.IsGuests = false;
                _ofGuests--;
            }
    }

    private bool HasRoom(Guid target, Guid by, bool isGuest) =>
        _of.Count < MaxTargets && (!isGuest || _ofGuests < MaxOfGuests) && (target == by || !_by.TryGetValue(by, out var begun) || begun.Count(t => t != by) < MaxChannels);

    private Entry Begin(Guid target, Guid by, bool isGuest)
    {
        var entry = _of[target] = new Entry(by) { IsGuests = isGuest };
        _ofGuests += isGuest ? 1 : 0;
        if (!_by.TryGetValue(by, out var begun))
            _by[by] = begun = [];
        begun.Add(target);
        return entry;
    }

    private Change RemoveKey(Guid target, string key, Entry? known)
    {
        if (known?.Values.Remove(key) != true)
            return Change.NotSet;
        if (known.Values.Count == 0)
            Remove(target);
        return Change.Done;
    }

    private void Remove(Guid target)
    {
        if (!_of.Remove(target, out var entry))
            return;
        _ofGuests -= entry.IsGuests ? 1 : 0;
        var begun = _by[entry.By];
        if (begun.Remove(target) && begun.Count == 0)
            _by.Remove(entry.By);
    }

    /// <param name="By">Who said something of it first.</param>
    private sealed record Entry(Guid By)
    {
        internal SortedDictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

        internal bool IsGuests { get; set; }
    }
}
