namespace Minato.Wire.Irc;

/// <summary>
/// By which a message names the one that it answers: said under the name of the specification and under that of its draft, because clients know
/// one or the other. https://ircv3.net/specs/client-tags/reply
/// </summary>
public static class ReplyTag
{
    public const string Name = "+reply", Draft = "+draft/reply";

    /// <returns>What is said to be a message's id; null: nothing is.</returns>
    public static string? Of(IrcTags tags) => tags[Name] ?? tags[Draft];

    /// <param name="own">The sender's own tags: what they say already is not said again.</param>
    /// <param name="id">See <see cref="IrcNames.MessageId"/>.</param>
    public static IEnumerable<(string Name, string? Value)> With(IReadOnlyList<KeyValuePair<string, string>> own, string id)
    {
        foreach (var name in new[] { Draft, Name })
            if (!own.Any(t => t.Key == name))
                yield return (name, id);
    }
}
