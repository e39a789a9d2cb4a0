using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Wire.Irc;

/// <summary>What rooms and messages are called on IRC.</summary>
public static class IrcNames
{
    /// <summary>Which <see cref="ChannelOf"/> can begin with: <c>#</c> a room with a name, <c>&amp;</c> a direct room of several people.</summary>
    public const string ChannelTypes = "#&";

    /// <summary>Hexadecimal digits of a room's id that name a direct room of several people: 48 random bits.</summary>
    private const int IdDigits = 12;

    /// <summary>Null: a direct room of two, in which one is talked to by name.</summary>
    public static string? ChannelOf(Room room) => room switch
    {
        { Slug: { } slug } => Channel(slug),
        { Users.Count: > 2 } => $"&{room.Uid.ToString("N")[^IdDigits..]}",
        _ => null,
    };

    /// <summary>What a room with a name is called.</summary>
    public static string Channel(string slug) => $"#{slug}";

    /// <summary>Whether clients take two names for one, by what they are told of letters: <c>CASEMAPPING=ascii</c>.</summary>
    public static bool AreOneToClients(string slug, string other) =>
        slug.Length == other.Length && slug.Zip(other).All(c => c.First == c.Second || (char.IsAscii(c.First) && char.ToLowerInvariant(c.First) == char.ToLowerInvariant(c.Second)));

    /// <summary>Whom a message that <paramref name="from"/> says is for: a channel, or the other one of two, whoever reads it.</summary>
    public static string TargetOf(Room room, User from) =>
        ChannelOf(room) ?? (room.Users.FirstOrDefault(u => u.Id != from.Id) ?? from).Nick;

    /// <summary>Milliseconds since 1970 UTC: a UUIDv7 begins with the time of its making. https://www.rfc-editor.org/rfc/rfc9562#section-5.7</summary>
    public static long MadeAt(Room room) => Convert.ToInt64(room.Uid.ToString("N")[..12], 16);

    // msgid = room '-' seq: a message's id everywhere else has a colon, with which no parameter but the last may begin a word.
    public static string MessageId(Guid room, long seq) => $"{room:N}-{seq}";

    public static bool TryParseMessageId(string text, out Guid room, out long seq)
    {
        room = default;
        seq = 0;
        var dash = text.IndexOf('-');
        return dash == 32 && Guid.TryParseExact(text[..dash], "N", out room)
            && long.TryParse(text.AsSpan(dash + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out seq);
    }
}
