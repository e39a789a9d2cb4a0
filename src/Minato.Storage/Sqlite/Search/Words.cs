using Minato.Core.Rooms;
using Minato.Core.Search;

namespace Minato.Storage.Sqlite.Search;

/// <summary>Tokens as FTS5 is asked for them (https://sqlite.org/fts5.html#full_text_query_syntax).</summary>
internal static class Words
{
    /// <summary>A token of every message of a room. No body has it: private-use characters are no letters to <see cref="BodyTokens"/>.</summary>
    internal static string OfRoom(RoomId room) => $"\uE000{room.Value}";

    internal static string Expression(CandidateRequest request)
    {
        var all = request.Tokens.Select(token => $"\"{token.Text}\"{(token.IsPrefix ? " *" : "")}");
        return string.Join(" AND ", request.Room is { } room ? all.Append($"\"{OfRoom(room)}\"") : all);
    }
}
