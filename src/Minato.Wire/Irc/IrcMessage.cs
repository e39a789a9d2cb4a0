using System.Text;

namespace Minato.Wire.Irc;

// message = ['@' tags SPACE] [':' source SPACE] command *( SPACE parameter )   https://modern.ircdocs.horse/#message-format
/// <summary>One message of a client's, as bytes: what somebody says goes from here to the disk without becoming a string.</summary>
/// <param name="Command">In capitals.</param>
public sealed record IrcMessage(IrcTags Tags, string Command, IReadOnlyList<ReadOnlyMemory<byte>> Parameters)
{
    public int Count => Parameters.Count;

    /// <summary>A parameter as text; empty where there is none.</summary>
    public string this[int index] => index < Parameters.Count ? Encoding.UTF8.GetString(Parameters[index].Span) : "";

    /// <summary>Takes a line apart. Null: there is no command in it, which is what an empty line is.</summary>
    /// <param name="line">Without its line end, valid UTF-8.</param>
    public static IrcMessage? Parse(ReadOnlyMemory<byte> line)
    {
        var tags = IrcTags.None;
        if (line.Span.StartsWith("@"u8))
            tags = IrcTags.Parse(TakeWord(ref line).Span[1..]);
        line = line[Spaces(line.Span)..];
        // A client has one source, and the server knows it better.
        if (line.Span.StartsWith(":"u8))
            TakeWord(ref line);
        var command = TakeWord(ref line);
        return command.IsEmpty ? null : new IrcMessage(tags, Encoding.UTF8.GetString(command.Span).ToUpperInvariant(), SplitParameters(line));
    }

    // parameter = middle | ':' trailing ; trailing may be empty and have spaces
    private static List<ReadOnlyMemory<byte>> SplitParameters(ReadOnlyMemory<byte> rest)
    {
        var parameters = new List<ReadOnlyMemory<byte>>();
        while (!rest.IsEmpty && parameters.Count < IrcLimits.Parameters)
        {
            if (!rest.Span.StartsWith(":"u8))
            {
                parameters.Add(TakeWord(ref rest));
                continue;
            }
            parameters.Add(rest[1..]);
            break;
        }
        return parameters;
    }

    /// <summary>The next word, and all spaces behind it.</summary>
    private static ReadOnlyMemory<byte> TakeWord(ref ReadOnlyMemory<byte> line)
    {
        var end = line.Span.IndexOf((byte)' ');
        var word = end < 0 ? line : line[..end];
        line = line[word.Length..];
        line = line[Spaces(line.Span)..];
        return word;
    }

    private static int Spaces(ReadOnlySpan<byte> bytes)
    {
        var other = bytes.IndexOfAnyExcept((byte)' ');
        return other < 0 ? bytes.Length : other;
    }
}
