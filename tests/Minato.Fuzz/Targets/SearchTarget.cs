using System.Text;
using Minato.Core.Search;
using Minato.Fuzz.Making;

namespace Minato.Fuzz.Targets;

/// <summary>
/// What somebody searches for and what was written, apart at the first NUL: whatever is found, every index had as a candidate, and it can
/// be shown.
/// </summary>
internal sealed class SearchTarget : Target
{
    public override string Name => "search";

    public override int Longest => 2_000;

    public override IReadOnlyList<byte[]> Words { get; } = Utf8("\"", "“", " ", "東", "東京", "ボブ", "ﾎﾞﾌﾞ", "bob", "C#", ".", "é", "e\u0301", "👍", "\u200B", "\0", "한글");

    public override byte[] Make(Source source)
    {
        var body = source.Text(60);
        var from = source.Below(body.Length + 1);
        var query = source.OneIn(3) ? source.Text(12) : body[from..Math.Min(body.Length, from + source.Length(20))];
        return Encoding.UTF8.GetBytes((source.OneIn(4) ? $"\"{query}\"" : query).Replace('\0', ' ') + '\0' + body);
    }

    public override string Check(byte[] input, Source cuts)
    {
        // Text as it comes out of a frame: well-formed, whatever the bytes were.
        var parts = Encoding.UTF8.GetString(input).Split('\0', 2);
        var body = parts.Length > 1 ? parts[1] : "";
        if (!SearchQuery.TryParse(parts[0], out var query))
            return $"refused {Size(parts[0].Length)}";
        Must(parts[0].Length <= SearchQuery.MaxLength && query.Tokens.Count > 0, "A query that is too long, or empty.");
        if (query.FindIn(body) is not { } hits)
            return $"not found {query.Tokens.Count}";

        var at = 0;
        foreach (var hit in hits)
        {
            Must(hit.Start >= at && hit.End > hit.Start && hit.End <= body.Length, $"A hit from {hit.Start} to {hit.End}.");
            at = hit.End;
        }
        var tokens = BodyTokens.Of(body);
        foreach (var asked in query.Tokens)
            Must(tokens.Any(t => asked.IsPrefix ? t.StartsWith(asked.Text, StringComparison.Ordinal) : t == asked.Text), $"Found, but no index has {asked}.");
        var shown = string.Concat(Snippet.Of(body, hits).Select(p => p.Text));
        Must(body.Contains(shown.Trim('…'), StringComparison.Ordinal), "A snippet that was never written.");
        return $"found {hits.Count} {query.Tokens.Count} {Size(shown.Length)}";
    }
}
