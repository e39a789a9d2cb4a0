using System.Globalization;

namespace Minato.Server.Http.Api.Files;

/// <summary>Which bytes of a file are asked for.</summary>
/// <param name="Length">At least 1.</param>
internal readonly record struct ByteRange(long From, long Length)
{
    // Range = "bytes=" ( first "-" [ last ] / "-" suffix )   https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2
    /// <summary>Null: all of it, also for what is not understood and for several ranges, as the specification lets a server do.</summary>
    /// <param name="isBeyond">None of the bytes asked for are there (416).</param>
    internal static ByteRange? Parse(string? header, long size, out bool isBeyond)
    {
        isBeyond = false;
        if (header is null || !header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
            return null;
        var (first, last) = header.IndexOf('-') is >= 0 and var dash ? (header[6..dash].Trim(), header[(dash + 1)..].Trim()) : ("", "");
        if (first.Length == 0)
        {
            if (!TryRead(last, out var suffix))
                return null;
            isBeyond = suffix == 0 || size == 0;
            return isBeyond ? null : new ByteRange(Math.Max(0, size - suffix), Math.Min(suffix, size));
        }
        var to = long.MaxValue;
        if (!TryRead(first, out var from) || (last.Length > 0 && !TryRead(last, out to)) || to < from)
            return null;
        isBeyond = from >= size;
        return isBeyond ? null : new ByteRange(from, Math.Min(to, size - 1) - from + 1);
    }

    private static bool TryRead(string digits, out long value) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
