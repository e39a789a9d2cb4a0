namespace Minato.Core.Files;

/// <summary>
/// What a file is shown as. The bytes decide, never the name nor who sent it: only pictures that no browser runs anything of are shown in
/// place, and everything else is for saving.
/// </summary>
public static class FileType
{
    public const string Unknown = "application/octet-stream";

    /// <summary>As many of the first bytes as <see cref="Of"/> looks at.</summary>
    public const int Looks = 32;

    /// <param name="start">The first bytes, all of them where there are fewer than <see cref="Looks"/>.</param>
    public static string Of(ReadOnlySpan<byte> start) =>
        // https://www.w3.org/TR/png-3/#5PNG-file-signature
        start is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] ? "image/png"
        // SOI and the first byte of a marker   https://www.w3.org/Graphics/JPEG/itu-t81.pdf
        : start is [0xff, 0xd8, 0xff, ..] ? "image/jpeg"
        // https://www.w3.org/Graphics/GIF/spec-gif89a.txt
        : start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8) ? "image/gif"
        // "RIFF" size "WEBP"   https://developers.google.com/speed/webp/docs/riff_container
        : start.Length >= 12 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8) ? "image/webp"
        : IsAvif(start) ? "image/avif"
        : Unknown;

    public static bool IsImage(string type) => type != Unknown;

    // ftyp = size(4) "ftyp" major_brand(4) minor_version(4) *compatible_brand(4)   https://aomediacodec.github.io/av1-avif/
    private static bool IsAvif(ReadOnlySpan<byte> start)
    {
        if (start.Length < 16 || !start[4..].StartsWith("ftyp"u8))
            return false;
        if (IsBrand(start[8..]))
            return true;
        for (var at = 16; at + 4 <= Math.Min(start.Length, Looks); at += 4)
            if (IsBrand(start[at..]))
                return true;
        return false;

        static bool IsBrand(ReadOnlySpan<byte> brand) => brand.StartsWith("avif"u8) || brand.StartsWith("avis"u8);
    }
}
