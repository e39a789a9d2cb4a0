using System.Buffers;
using System.Text;

namespace Minato.Wire.Irc;

// tags = tag *( ';' tag ), tag = ['+'] [vendor '/'] key ['=' value]   https://ircv3.net/specs/extensions/message-tags#format
/// <summary>What stands before a message. The last of several tags of one name counts.</summary>
public sealed class IrcTags
{
    public static readonly IrcTags None = new([]);

    private readonly Dictionary<string, string> _values;

    private IrcTags(Dictionary<string, string> values) => _values = values;

    /// <summary>The value, empty where the tag has none; null where the tag is not there.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Those that one client sends to others, which a server passes on and does not read.</summary>
    public IEnumerable<KeyValuePair<string, string>> ClientOnly => _values.Where(t => t.Key.StartsWith('+'));

    /// <param name="tags">Without the <c>@</c>, valid UTF-8.</param>
    public static IrcTags Parse(ReadOnlySpan<byte> tags)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var range in tags.Split((byte)';'))
        {
            var tag = tags[range];
            var equals = tag.IndexOf((byte)'=');
            var name = equals < 0 ? tag : tag[..equals];
            if (!name.IsEmpty)
                values[Encoding.UTF8.GetString(name)] = equals < 0 ? "" : Unescape(Encoding.UTF8.GetString(tag[(equals + 1)..]));
        }
        return values.Count == 0 ? None : new IrcTags(values);
    }

    // escaped: "\:" ';' | "\s" space | "\\" backslash | "\r" CR | "\n" LF; before anything else, or at the end, a backslash is dropped
    public static string Unescape(string value)
    {
        if (!value.Contains('\\'))
            return value;
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\')
                text.Append(value[i]);
            else if (++i < value.Length)
                text.Append(value[i] switch { ':' => ';', 's' => ' ', 'r' => '\r', 'n' => '\n', var other => other });
        }
        return text.ToString();
    }

    public static string Escape(string value) => value.AsSpan().IndexOfAny(Special) < 0
        ? value
        : value.Replace("\\", "\\\\").Replace(";", "\\:").Replace(" ", "\\s").Replace("\r", "\\r").Replace("\n", "\\n");

    private static readonly SearchValues<char> Special = SearchValues.Create("; \\\r\n");
}
