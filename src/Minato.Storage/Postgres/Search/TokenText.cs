using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Storage.Search;

namespace Minato.Storage.Postgres.Search;

/// <summary>
/// Tokens as PostgreSQL reads a tsvector and a tsquery (https://www.postgresql.org/docs/15/datatype-textsearch.html), taken as they
/// are: no dictionary changes them.
/// </summary>
internal static class TokenText
{
    internal static string Vector(RoomId room, MessageBody body) =>
        string.Join(' ', BodyTokens.Of(body.ToString()).Append(RoomToken.Of(room)).Select(Quote));

    internal static string Query(CandidateRequest request)
    {
        var all = request.Tokens.Select(token => Quote(token.Text) + (token.IsPrefix ? ":*" : ""));
        return string.Join(" & ", request.Room is { } room ? all.Append(Quote(RoomToken.Of(room))) : all);
    }

    private static string Quote(string token) =>
        $"'{token.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
