using System.Buffers;
using System.Text;

namespace Minato.Wire.Detection;

// message = ['@' tags SPACE] [':' source SPACE] command parameters   https://modern.ircdocs.horse/#message-format
// Judged as a whole, because people write "PASS me the salt" and "nick of time is now" in their first line, too.
internal static class IrcRegistrationLine
{
    // USER has four parameters; a fifth says that a line has too many.
    private const int MaxParameters = 5;
    private const int MaxNickBytes = 64;

    private static readonly SearchValues<byte> NickPunctuation = SearchValues.Create("-_.[]\\`^{|}~"u8);

    /// <summary>The registration command this line is a valid use of, without its line end.</summary>
    public static IrcRegistration CommandOf(ReadOnlySpan<byte> line)
    {
        if (line.ContainsAny("\0\r"u8) || !TrySkipTags(ref line) || !TrySkipSource(ref line))
            return IrcRegistration.None;

        var word = TakeWord(ref line);
        var command = CommandNamed(word);
        if (command == IrcRegistration.None)
            return IrcRegistration.None;

        Span<Range> ranges = stackalloc Range[MaxParameters];
        var count = SplitParameters(line, ranges, out var hasTrailing);
        var isValid = command switch
        {
            IrcRegistration.Cap => IsCap(line, ranges[..count]),
            // The star is what a client is called that has no nick yet: nobody's name, and to be refused as one.
            IrcRegistration.Nick => count == 1 && (IsNick(line[ranges[0]]) || line[ranges[0]].SequenceEqual("*"u8)),
            // Without the colon "user testing went well today" has four parameters as well; the modern form has '*' for the third.
            IrcRegistration.User => count == 4 && (hasTrailing || line[ranges[2]].SequenceEqual("*"u8)),
            IrcRegistration.Pass when word.SequenceEqual("PASS"u8) && count > 1 && IsSecret(line[ranges[0]]) => true,
            _ => count == 1 && !line[ranges[0]].IsEmpty,
        };
        return isValid ? command : IrcRegistration.None;
    }

    /// <summary>Whether it begins as a password is sent and has a word that may be a name and its password: wherever that stands, it is not to be read by others.</summary>
    public static bool MayHavePassword(ReadOnlySpan<byte> line) => line.StartsWith("PASS "u8) && line.Contains((byte)':');

    /// <summary>False when no registration without tags and source begins so.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> head)
    {
        var space = head.IndexOf((byte)' ');
        return space >= 0
            ? CommandNamed(head[..space]) != IrcRegistration.None
            : IsStartOf("CAP"u8, head) || IsStartOf("NICK"u8, head) || IsStartOf("USER"u8, head)
                || IsStartOf("PASS"u8, head) || IsStartOf("AUTHENTICATE"u8, head);
    }

    // tags = key '=' value (';' …)*. A tag without a value is legal, but no client sends one before it is registered, and
    // "@alice pass salt" is how people call each other.
    private static bool TrySkipTags(ref ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("@"u8))
            return true;

        var tags = TakeWord(ref line);
        return tags.IndexOf((byte)'=') > 1;
    }

    // source = nick ['!' user] ['@' host] | server name. ":)" is none.
    private static bool TrySkipSource(ref ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(":"u8))
            return true;

        var source = TakeWord(ref line)[1..];
        var end = source.IndexOfAny("!@"u8);
        return IsNick(end < 0 ? source : source[..end]);
    }

    // parameters = *( SPACE middle ) [ SPACE ':' trailing ]
    private static int SplitParameters(ReadOnlySpan<byte> line, Span<Range> ranges, out bool hasTrailing)
    {
        hasTrailing = false;
        var count = 0;
        for (var at = 0; at < line.Length && count < ranges.Length;)
        {
            if (line[at] == ' ')
            {
                at++;
                continue;
            }

            hasTrailing = line[at] == ':';
            var length = hasTrailing ? -1 : line[at..].IndexOf((byte)' ');
            var end = length < 0 ? line.Length : at + length;
            ranges[count++] = (hasTrailing ? at + 1 : at)..end;
            at = end;
        }

        return count;
    }

    // name ':' password | token. Clients send what they were given, and forget the colon that a password of several words needs.
    private static bool IsSecret(ReadOnlySpan<byte> word) => word.Contains((byte)':') || word.StartsWith("mnto_"u8);

    // CAP LS [version] | CAP LIST | CAP REQ :names | CAP END   https://ircv3.net/specs/extensions/capability-negotiation
    private static bool IsCap(ReadOnlySpan<byte> line, ReadOnlySpan<Range> ranges)
    {
        if (ranges.IsEmpty)
            return false;

        var subcommand = line[ranges[0]];
        return ranges.Length switch
        {
            1 => IsWord("LS"u8, subcommand) || IsWord("LIST"u8, subcommand) || IsWord("END"u8, subcommand),
            2 when IsWord("LS"u8, subcommand) => !line[ranges[1]].IsEmpty && !line[ranges[1]].ContainsAnyExceptInRange((byte)'0', (byte)'9'),
            2 => IsWord("REQ"u8, subcommand),
            _ => false,
        };
    }

    private static bool IsNick(ReadOnlySpan<byte> nick)
    {
        foreach (var b in nick)
        {
            // 0x80 and up: letters of other scripts, which our nicks may have. The session, not the detector, judges them.
            if (b < 0x80 && !char.IsAsciiLetterOrDigit((char)b) && !NickPunctuation.Contains(b))
                return false;
        }

        return nick.Length is > 0 and <= MaxNickBytes;
    }

    private static ReadOnlySpan<byte> TakeWord(ref ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        var word = space < 0 ? line : line[..space];
        line = line[word.Length..].TrimStart((byte)' ');
        return word;
    }

    private static IrcRegistration CommandNamed(ReadOnlySpan<byte> word) => word.Length switch
    {
        3 when IsWord("CAP"u8, word) => IrcRegistration.Cap,
        4 when IsWord("NICK"u8, word) => IrcRegistration.Nick,
        4 when IsWord("USER"u8, word) => IrcRegistration.User,
        4 when IsWord("PASS"u8, word) => IrcRegistration.Pass,
        12 when IsWord("AUTHENTICATE"u8, word) => IrcRegistration.Authenticate,
        _ => IrcRegistration.None,
    };

    private static bool IsStartOf(ReadOnlySpan<byte> command, ReadOnlySpan<byte> head) =>
        head.Length <= command.Length && IsWord(command[..head.Length], head);

    private static bool IsWord(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(expected, word);
}
