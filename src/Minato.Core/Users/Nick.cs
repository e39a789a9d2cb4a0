using Minato.Core.Text;

namespace Minato.Core.Users;

/// <summary>A user's name: 1–64 bytes, safe on every protocol, unique by <see cref="Key"/> among those who are still there.</summary>
public static class Nick
{
    /// <summary>The name in normal form, or null when it cannot be one.</summary>
    public static string? Normalize(string text) => NameRules.Normalize(text);

    /// <summary>Two nicks with the same key are the same nick: case and width are folded.</summary>
    public static string Key(string nick) => NameRules.Key(nick);

    /// <summary>What a guest is called before choosing: <c>guest-7f3a2c</c>.</summary>
    public static string Provisional() => $"guest-{Random.Shared.Next(0x1000000):x6}";
}
