using System.Diagnostics.CodeAnalysis;

namespace Minato.Server;

// servername = label 1*( '.' label )   https://modern.ircdocs.horse/#source
/// <summary>What a server is called on IRC: like a host's name, with a dot, by which clients tell it from a nick.</summary>
public sealed record IrcServerName
{
    /// <summary>Characters: 63, as RFC 2812 has it. Every reply begins with it.</summary>
    public const int Max = 63;

    private IrcServerName(string text) => Text = text;

    public string Text { get; }

    /// <param name="error">What is wrong with it, to stand behind the name.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out IrcServerName? name, out string error)
    {
        var isName = text.Length <= Max && text.Contains('.') && Array.TrueForAll(text.Split('.'), IsLabel);
        name = isName ? new IrcServerName(text) : null;
        error = isName ? "" : $"it is like a host's name, with a dot: irc.example.org, at most {Max} letters, digits, dots and hyphens.";
        return isName;
    }

    private static bool IsLabel(string label) => label.Length > 0 && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && label[0] != '-' && label[^1] != '-';
}
