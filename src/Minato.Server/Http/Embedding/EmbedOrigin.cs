using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Minato.Server;

// origin = scheme "://" host [":" port]   https://www.rfc-editor.org/rfc/rfc6454#section-6.2
// It stands in frame-ancestors of the content security policy, which has wildcards: here there are none.
/// <summary>
/// The origin of a page that may show this server's page in a frame, exactly as its browser says it: <c>http://127.0.0.1:5173</c>,
/// <c>tauri://localhost</c>, <c>app://my-app</c>.
/// </summary>
public sealed partial record EmbedOrigin
{
    private EmbedOrigin(string text) => Text = text;

    /// <summary>In small letters, without the scheme's own port.</summary>
    public string Text { get; }

    public override string ToString() => Text;

    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static EmbedOrigin Parse(string text) => TryParse(text, out var origin, out var error) ? origin : throw new FormatException(error);

    public static bool TryParse(string text, [NotNullWhen(true)] out EmbedOrigin? origin, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        origin = null;
        error = null;
        if (text is "null" || text.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            error = "a page from a file has no origin. Serve the app's page under a scheme of its own, such as app://my-app, or over http.";
        else if (text.Contains('*'))
            error = "an origin is named whole; there are no wildcards.";
        else if (Form().Match(text) is not { Success: true } match || !IsPort(match.Groups["port"].Value))
            error = "an origin is a scheme, a host, and a port if need be, and nothing after them: http://127.0.0.1:5173, tauri://localhost, app://my-app.";
        else
            origin = new EmbedOrigin(WithoutOwnPort(text.ToLowerInvariant()));
        return origin is not null;
    }

    private static bool IsPort(string text) => text.Length == 0 || (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0);

    private static string WithoutOwnPort(string origin) =>
        origin.StartsWith("http://", StringComparison.Ordinal) && origin.EndsWith(":80", StringComparison.Ordinal) ? origin[..^3]
        : origin.StartsWith("https://", StringComparison.Ordinal) && origin.EndsWith(":443", StringComparison.Ordinal) ? origin[..^4]
        : origin;

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]{0,31}://(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,252}|\[[0-9A-Fa-f:]{2,39}\])(?::(?<port>[1-9][0-9]{0,4}))?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
