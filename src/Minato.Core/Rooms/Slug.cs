using Minato.Core.Text;

namespace Minato.Core.Rooms;

/// <summary>A room's address: what stands behind <c>#</c>. The shown title is free; this is 1–64 bytes and IRC-safe.</summary>
public static class Slug
{
    public const string Lobby = "lobby";

    /// <summary>Names that a room had before and by which it is still found. As many as a room is renamed in years; each is one that nobody else can have.</summary>
    public const int MaxEarlier = 20;

    /// <summary>The slug in normal form, or null when it cannot be one. A leading <c>#</c> is taken off.</summary>
    public static string? Normalize(string text) =>
        // Browsers and proxies take the backslash, which nicks may have since the first RFC, for a slash.
        NameRules.Normalize(text.StartsWith('#') ? text[1..] : text) is { } slug && !Key(slug).Contains('\\') ? slug : null;

    /// <summary>Two slugs with the same key are the same slug: case and width are folded.</summary>
    public static string Key(string slug) => NameRules.Key(slug);
}
