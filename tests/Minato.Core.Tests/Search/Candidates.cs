using Minato.Core.Search;

namespace Minato.Core.Tests.Search;

/// <summary>What every index does, in one line: a body is a candidate when it has all tokens of a query.</summary>
internal static class Candidates
{
    internal static bool Include(SearchQuery query, string body)
    {
        var tokens = BodyTokens.Of(body);
        return query.Tokens.All(asked => tokens.Any(t => asked.IsPrefix ? t.StartsWith(asked.Text, StringComparison.Ordinal) : t == asked.Text));
    }
}
