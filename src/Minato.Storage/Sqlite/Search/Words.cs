using Minato.Core.Search;
using Minato.Storage.Search;

namespace Minato.Storage.Sqlite.Search;

/// <summary>Tokens as FTS5 is asked for them (https://sqlite.org/fts5.html#full_text_query_syntax).</summary>
internal static class Words
{
    internal static string Expression(CandidateRequest request)
    {
        var all = request.Tokens.Select(token => $"\"{token.Text}\"{(token.IsPrefix ? " *" : "")}");
        return string.Join(" AND ", request.Room is { } room ? all.Append($"\"{RoomToken.Of(room)}\"") : all);
    }
}
