using Minato.Core.Users;

namespace Minato.Storage.Writing;

/// <summary>By which the one direct room of some people is found.</summary>
internal static class DirectKey
{
    /// <param name="people">Each once, by their numbers.</param>
    // Alone with oneself as with somebody else, so that the key of one has two halves like that of two.
    internal static string Of(IReadOnlyList<UserId> people) => people is [var only] ? $"{only.Value}:{only.Value}" : string.Join(':', people.Select(id => id.Value));
}
