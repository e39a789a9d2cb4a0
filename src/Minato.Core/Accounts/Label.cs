using Minato.Core.Rooms;

namespace Minato.Core.Accounts;

/// <summary>What somebody calls a device or a token, to know it again in a list.</summary>
public static class Label
{
    /// <summary>Bytes of UTF-8.</summary>
    public const int MaxBytes = 100;

    /// <summary>One line without control characters; null where it is none, or empty.</summary>
    public static string? Normalize(string text) => RoomText.Normalize(text, MaxBytes) is { Length: > 0 } label ? label : null;
}
