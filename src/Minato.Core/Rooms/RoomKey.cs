using System.Security.Cryptography;
using System.Text;

namespace Minato.Core.Rooms;

/// <summary>
/// A word that lets people into a public room, passed on by mouth: the participation code of an open chat in LINE, the channel key of IRC.
/// It keeps out who does not know it, and is no password: whoever moderates reads it.
/// </summary>
public sealed record RoomKey
{
    /// <summary>Bytes. The grammar of IRC has 23. https://www.rfc-editor.org/rfc/rfc2812#section-2.3.1</summary>
    public const int MaxLength = 23;

    private RoomKey(string text) => Text = text;

    public string Text { get; }

    // key = 1*23( printable US-ASCII but ',' ), and no ':' at its beginning: what JOIN can carry
    /// <summary>Null: it cannot be one.</summary>
    public static RoomKey? TryParse(string text) =>
        text.Length is > 0 and <= MaxLength && text[0] != ':' && !text.Contains(',') && !text.AsSpan().ContainsAnyExceptInRange('!', '~') ? new RoomKey(text) : null;

    /// <summary>Whether it is the same, in a time that does not tell how much of it is.</summary>
    public bool Opens(RoomKey door) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Text), Encoding.UTF8.GetBytes(door.Text));

    /// <summary>It must not stand in a log.</summary>
    public override string ToString() => "(key)";
}
