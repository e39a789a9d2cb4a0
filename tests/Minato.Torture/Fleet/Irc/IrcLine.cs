namespace Minato.Torture.Fleet.Irc;

// [ '@' tag *( ';' tag ) SP ] [ ':' source SP ] command *( SP middle ) [ SP ':' trailing ]    tag = key [ '=' value ]
/// <summary>A line as IRC clients read it. https://modern.ircdocs.horse/#message-format</summary>
/// <param name="Source">The nick that it is from, or the server's name; empty where it says none.</param>
/// <param name="Host">Of who it is from; empty where it says none.</param>
internal sealed record IrcLine(IReadOnlyDictionary<string, string> Tags, string Source, string Host, string Command, IReadOnlyList<string> Parameters)
{
    /// <summary>Empty where there is none.</summary>
    public string this[int parameter] => parameter < Parameters.Count ? Parameters[parameter] : "";

    public string? Tag(string key) => Tags.GetValueOrDefault(key);

    public static IrcLine Parse(string line)
    {
        var tags = new Dictionary<string, string>();
        if (line.StartsWith('@'))
            foreach (var tag in Word(ref line)[1..].Split(';'))
                tags[tag.Split('=', 2)[0]] = tag.Contains('=', StringComparison.Ordinal) ? tag.Split('=', 2)[1] : "";
        var source = line.StartsWith(':') ? Word(ref line)[1..].Split('!', '@') : [""];
        var command = Word(ref line);
        var parameters = new List<string>();
        while (line.Length > 0)
        {
            if (!line.StartsWith(':'))
            {
                parameters.Add(Word(ref line));
                continue;
            }
            parameters.Add(line[1..]);
            break;
        }
        return new IrcLine(tags, source[0], source.Length == 3 ? source[2] : "", command, parameters);
    }

    /// <summary>Takes the next word and the spaces behind it.</summary>
    private static string Word(ref string line)
    {
        var end = line.IndexOf(' ', StringComparison.Ordinal);
        var word = end < 0 ? line : line[..end];
        line = end < 0 ? "" : line[end..].TrimStart(' ');
        return word;
    }
}
