using System.Buffers;

namespace Minato.Wire.Detection;

// request-line = method SP request-target SP "HTTP/" DIGIT …   https://www.rfc-editor.org/rfc/rfc9112#section-3
// The HTTP/2 preface "PRI * HTTP/2.0" has the same shape.       https://www.rfc-editor.org/rfc/rfc9113#section-3.4
// Methods are narrowed to capitals and hyphens, which every registered one is; so "hello" is known for text at its first byte.
internal static class HttpRequestLine
{
    public const int MaxMethod = 20;

    private static readonly SearchValues<byte> MethodBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ-"u8);

    /// <summary>With the space that ends them. https://www.rfc-editor.org/rfc/rfc9110#section-9, RFC 5789, and the preface of HTTP/2.</summary>
    private static readonly byte[][] Methods =
    [
        [.. "GET "u8], [.. "HEAD "u8], [.. "POST "u8], [.. "PUT "u8], [.. "DELETE "u8], [.. "PATCH "u8], [.. "OPTIONS "u8], [.. "CONNECT "u8], [.. "TRACE "u8], [.. "PRI "u8],
    ];

    /// <summary>A whole request line. The target may hold anything but spaces: the HTTP server says what it thinks of it.</summary>
    public static bool IsMatch(ReadOnlySpan<byte> line) =>
        TrySplit(line, out var target, out var version) && !target.IsEmpty
        && version.StartsWith("HTTP/"u8) && version.Length > 5 && char.IsAsciiDigit((char)version[5]);

    /// <summary>
    /// The beginning of a request that was cut: "GET /pa", or a whole line that lacks only its end. "HELLO all" is not one.
    /// </summary>
    public static bool IsBeginning(ReadOnlySpan<byte> line)
    {
        if (IsMatch(line))
            return true;

        return TrySplit(line, out var target, out var version) && target.StartsWith("/"u8)
            && (version.StartsWith("HTTP/"u8) || "HTTP/"u8.StartsWith(version));
    }

    /// <summary>False when no line that begins so can be a request line.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> head)
    {
        var space = head.IndexOf((byte)' ');
        return IsMethod(space < 0 ? head : head[..space]);
    }

    /// <summary>A request that was cut in its first word: "G", "GET", "GET ". It must be a method that clients know: "GREAT" is none.</summary>
    public static bool IsBeginningOfMethod(ReadOnlySpan<byte> line)
    {
        foreach (var method in Methods)
        {
            if (!line.IsEmpty && method.AsSpan().StartsWith(line))
                return true;
        }

        return false;
    }

    private static bool TrySplit(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> target, out ReadOnlySpan<byte> version)
    {
        target = version = default;
        var space = line.IndexOf((byte)' ');
        if (space < 0 || !IsMethod(line[..space]))
            return false;

        target = line[(space + 1)..];
        space = target.IndexOf((byte)' ');
        if (space >= 0)
        {
            version = target[(space + 1)..];
            target = target[..space];
        }

        return true;
    }

    private static bool IsMethod(ReadOnlySpan<byte> word) =>
        word.Length is > 0 and <= MaxMethod && word[0] != '-' && !word.ContainsAnyExcept(MethodBytes);
}
