using System.Text;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Fuzz.Making;

namespace Minato.Fuzz.Targets;

/// <summary>Nicks and slugs, out of any UTF-16, half pairs included: what is a name stays one, and carries nothing that IRC or an eye would trip over.</summary>
internal sealed class NamesTarget : Target
{
    private const string Forbidden = " ,:!@#/\"<>*?&%+=~;()$";

    public override string Name => "names";

    public override int Longest => 300;

    public override IReadOnlyList<byte[]> Words { get; } =
        [.. new[] { "#", "＠", "！", "\u200B", "\u0301", "ﾎﾞ", "ボ", "ſ", "ı", "İ", "ς", "\uFE0F", "\uD800", "\uDC00", "ﷺ", "ｱ", "ß", "\u3164", "가", "a" }.Select(Encoding.Unicode.GetBytes)];

    public override byte[] Make(Source source) => Encoding.Unicode.GetBytes(source.Text(30));

    public override string Check(byte[] input, Source cuts)
    {
        var text = new string([.. input.Chunk(2).Select(c => (char)(c[0] | ((c.Length > 1 ? c[1] : 0) << 8)))]);
        if (Nick.Normalize(text) is not { } nick)
        {
            Must(Slug.Normalize(text) is null || text.StartsWith('#'), "A slug that is no nick.");
            return $"none {Size(text.Length)}";
        }
        Same(nick, Nick.Normalize(nick), "normalised twice");
        Same(Nick.Key(nick).Contains('\\') ? null : nick, Slug.Normalize(nick), "as a slug");
        Must(Encoding.UTF8.GetByteCount(nick) is > 0 and <= 64, "Too long.");
        Must(!nick.Any(c => Forbidden.Contains(c) || char.IsControl(c) || char.IsWhiteSpace(c)), "Something forbidden came through.");
        var key = Nick.Key(nick);
        Same(key, Nick.Key(key), "the key of the key");
        Same(key, Nick.Key(nick.Normalize(NormalizationForm.FormD)), "the key when it is decomposed");
        Must(!key.Any(c => Forbidden.Contains(c)), $"The key is {key}.");
        return $"{Size(nick.Length)} {nick == text} {key == nick} {key.Length - nick.Length}";
    }
}
