using System.Buffers.Text;

namespace Minato.Core.Files;

// path = "/api/v1/files/" UUID "/" …
/// <summary>Which files of this server a message names: their paths, wherever in it they stand.</summary>
public static class FileLinks
{
    /// <summary>Where files are had over HTTP. docs/protocols/http.md is the authority.</summary>
    public const string Prefix = "/api/v1/files/";

    private const int UuidLength = 36;

    private static ReadOnlySpan<byte> PrefixUtf8 => "/api/v1/files/"u8;

    /// <summary>Each once, in order.</summary>
    /// <param name="max">No more than these: unless told, what a message can make its own.</param>
    public static IReadOnlyList<Guid> In(ReadOnlySpan<byte> body, int max = StoredFile.MaxOfMessage)
    {
        // Nearly every message: no file, and nothing allocated.
        var at = body.IndexOf(PrefixUtf8);
        if (at < 0)
            return [];
        var found = new List<Guid>();
        for (; at >= 0 && found.Count < max; at = body.IndexOf(PrefixUtf8))
        {
            body = body[(at + PrefixUtf8.Length)..];
            if (body.Length > UuidLength && body[UuidLength] == '/' && Utf8Parser.TryParse(body[..UuidLength], out Guid uid, out var read, 'D')
                && read == UuidLength && !found.Contains(uid))
                found.Add(uid);
        }
        return found;
    }

    /// <summary>Where a file's bytes are had.</summary>
    public static string PathOf(StoredFile file) => $"{Prefix}{file.Uid}/{Uri.EscapeDataString(file.Name)}";
}
