using System.Text;
using Minato.Core.Rooms;
using Minato.Core.Text;
using Minato.Core.Users;

namespace Minato.Core.Messages;

/// <summary>A message that names somebody, and where it stands.</summary>
public sealed record Mention(Room Room, Message Message);

/// <summary>Whom a message names by <c>@nick</c>: each the longest name that is known, because Japanese has no spaces after one.</summary>
/// <param name="Everyone">It says <c>@everyone</c>.</param>
public readonly record struct Mentions(IReadOnlyList<UserId> Users, bool Everyone)
{
    /// <summary>Different users in one message; the rest are not told.</summary>
    public const int MaxUsers = 50;

    /// <summary>Names looked up for one message, whatever is written in it: a few milliseconds of the writer's time.</summary>
    private const int MaxLookups = 500;

    private const string EveryoneKey = "everyone";

    /// <param name="byKey">The user whose nick folds to this key; null when there is none.</param>
    public static Mentions Find(MessageBody body, Func<string, UserId?> byKey)
    {
        if (!body.Utf8.Span.Contains((byte)'@'))
            return new Mentions([], false);
        var text = body.ToString();
        var users = new List<UserId>();
        var everyone = false;
        var lookups = MaxLookups;
        for (var at = text.IndexOf('@'); at >= 0 && lookups > 0 && users.Count < MaxUsers; at = text.IndexOf('@', at + 1))
        {
            // An address, not a mention.
            if (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]))
                continue;
            // With what follows the longest name.
            foreach (var name in Names(text[(at + 1)..Math.Min(text.Length, at + 2 + NameRules.MaxBytes)]))
            {
                var key = Nick.Key(name);
                if (key == EveryoneKey)
                    everyone = true;
                else if (lookups-- <= 0)
                    break;
                else if (byKey(key) is not { } user)
                    continue;
                else if (!users.Contains(user))
                    users.Add(user);
                break;
            }
        }
        return new Mentions(users, everyone);
    }

    /// <summary>What the text may begin with as a name, the longest first. No ASCII word and no letter is cut in two: neither @bobby nor @bob with an accent on it names Bob.</summary>
    private static IEnumerable<string> Names(string text)
    {
        var ends = new List<int>();
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!NameRules.IsAllowed(rune))
                break;
            length += rune.Utf16SequenceLength;
            ends.Add(length);
        }
        for (var i = ends.Count - 1; i >= 0; i--)
        {
            var end = ends[i];
            if (end < text.Length && char.IsAsciiLetterOrDigit(text[end - 1]) && char.IsAsciiLetterOrDigit(text[end]))
                continue;
            // An accent is the letter's before it.
            if (end < text.Length && Rune.TryGetRuneAt(text, end, out var next) && NameRules.IsMark(next))
                continue;
            if (Nick.Normalize(text[..end]) is { } name)
                yield return name;
        }
    }
}
