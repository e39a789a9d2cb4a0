using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Minato.Wire.Http;

// pct-encoded = "%" HEXDIG HEXDIG   https://www.rfc-editor.org/rfc/rfc3986#section-2.1
/// <summary>A piece of an address, decoded strictly: what is not UTF-8 is refused, and an encoded delimiter is a character like any other.</summary>
public static class PercentText
{
    public static bool TryDecode(ReadOnlySpan<char> raw, [NotNullWhen(true)] out string? text)
    {
        text = null;
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(raw.Length)];
        var length = 0;
        while (!raw.IsEmpty)
        {
            if (raw[0] != '%')
            {
                var plain = raw.IndexOf('%') is var next && next < 0 ? raw : raw[..next];
                length += Encoding.UTF8.GetBytes(plain, bytes.AsSpan(length));
                raw = raw[plain.Length..];
            }
            else if (raw.Length < 3 || !char.IsAsciiHexDigit(raw[1]) || !char.IsAsciiHexDigit(raw[2]))
                return false;
            else
            {
                bytes[length++] = Convert.FromHexString(raw.Slice(1, 2))[0];
                raw = raw[3..];
            }
        }
        if (!Utf8.IsValid(bytes.AsSpan(0, length)))
            return false;
        text = Encoding.UTF8.GetString(bytes, 0, length);
        return true;
    }
}
