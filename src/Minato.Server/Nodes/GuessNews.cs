using System.Globalization;

namespace Minato.Server.Nodes;

/// <summary>
/// What was guessed wrong here since other nodes were last told, for them to count as well, and what they tell. Whispered once a second, all of it
/// together, and kept nowhere: who guesses at several nodes at once gains what they can try in a second, and what is lost is counted where it happened.
/// </summary>
internal sealed class GuessNews
{
    /// <summary>Accounts, devices and addresses told of in a second, some 30 KiB. What is beyond that is told of in none.</summary>
    internal const int Max = 1_000;

    /// <summary>In one whisper: each is at most 33 characters.</summary>
    private const int MaxInWhisper = 200;

    /// <summary>Of one key in a second: nobody tries more often.</summary>
    private const int MaxWrong = 10_000;

    /// <summary>As <see cref="Accounts.Pseudonyms"/> makes them.</summary>
    private const int KeyLength = 22;

    private const char Mark = '#', More = '+', Anew = '=';

    private readonly Lock _gate = new();
    private Dictionary<string, GuessChange> _changes = new(StringComparer.Ordinal);

    /// <summary>Told of what other nodes tell, by whoever hears it: it does not wait.</summary>
    internal Action<string, GuessChange> Heard { get; set; } = (_, _) => { };

    internal void Add(string key, GuessChange change)
    {
        lock (_gate)
            if (_changes.TryGetValue(key, out var before))
                _changes[key] = before.Then(change);
            else if (_changes.Count < Max)
                _changes.Add(key, change);
    }

    // payload = node *(" #" key ("+" / "=") number)   the number may be negative
    /// <summary>What is to be whispered.</summary>
    internal IEnumerable<string> Take(string node)
    {
        Dictionary<string, GuessChange> changes;
        lock (_gate)
            (changes, _changes) = (_changes, new(StringComparer.Ordinal));
        return from chunk in changes.Where(c => c.Value != GuessChange.None).Chunk(MaxInWhisper)
               select string.Join(' ', chunk.Select(Word).Prepend(node));
    }

    /// <summary>False: it is about something else.</summary>
    internal bool TryHear(string payload)
    {
        var words = payload.Split(' ');
        if (words.Length < 2 || !words[1].StartsWith(Mark))
            return false;
        foreach (var word in words.Skip(1))
            if (word.Length > KeyLength + 2 && word[0] == Mark && word[KeyLength + 1] is (More or Anew) and var sign
                && int.TryParse(word.AsSpan(KeyLength + 2), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var wrong))
                Heard(word[1..(KeyLength + 1)], new GuessChange(sign == Anew, Math.Clamp(wrong, -MaxWrong, MaxWrong)));
        return true;
    }

    private static string Word(KeyValuePair<string, GuessChange> change) => string.Create(
        CultureInfo.InvariantCulture, $"{Mark}{change.Key}{(change.Value.IsForgiven ? Anew : More)}{Math.Clamp(change.Value.Wrong, -MaxWrong, MaxWrong)}");
}

/// <param name="IsForgiven">Whatever was wrong before does not count any more.</param>
/// <param name="Wrong">How many more are; below zero, how many were not wrong after all.</param>
internal readonly record struct GuessChange(bool IsForgiven, int Wrong)
{
    internal static readonly GuessChange None;

    internal static readonly GuessChange OneWrong = new(false, 1), OneLess = new(false, -1), Forgiven = new(true, 0);

    internal GuessChange Then(GuessChange next) => next.IsForgiven ? next : this with { Wrong = Wrong + next.Wrong };
}
