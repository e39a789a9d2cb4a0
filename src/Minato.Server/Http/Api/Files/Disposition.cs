using System.Text;

namespace Minato.Server.Http.Api.Files;

/// <summary>How a browser is to take a file: show it in place, or save it under its name.</summary>
internal static class Disposition
{
    // attachment;filename="ascii";filename*=UTF-8''pct-encoded   https://www.rfc-editor.org/rfc/rfc6266#section-4.1
    /// <param name="name">Cleaned by <see cref="Core.Files.FileName"/>; even so, nothing of it ends the header or the quotes.</param>
    internal static string Of(string name, bool isInline)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
            plain.Append(rune is { IsAscii: true } && rune.Value is >= ' ' and < 0x7f and not ('"' or '\\' or '%') ? (char)rune.Value : '_');
        return $"{(isInline ? "inline" : "attachment")}; filename=\"{plain}\"; filename*=UTF-8''{Uri.EscapeDataString(name)}";
    }
}
