using Minato.Core.Search;
using Minato.Storage.Sqlite.Native;

namespace Minato.Storage.Sqlite.Search;

/// <summary>The tables of <c>search.db</c>. There are no migrations: a file of another version is built anew.</summary>
internal static class IndexSchema
{
    /// <summary>Raised when the tables change.</summary>
    private const int TablesVersion = 2;

    private static readonly int Version = (TablesVersion * 1000) + BodyTokens.Version;

    /// <summary>
    /// The words know only which keys have which tokens (detail=none); the tokens come ready made, and to FTS5's ascii tokenizer every
    /// character beyond ASCII is a letter. Being contentless, it must be told the very tokens that it is to forget: the bodies stand
    /// beside it, and go with the message.
    /// </summary>
    private static readonly string Tables = $"""
        begin immediate;
        create virtual table words using fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii');
        create table docs (
          key     integer primary key,                -- by time: candidates come newest first without being sorted
          room_id integer not null,
          seq     integer not null,
          body    text not null                       -- as indexed
        ) strict;
        create unique index docs_by_message on docs (room_id, seq);
        create table marks (
          room_id   integer primary key,
          seq       integer not null,                 -- the room's log is indexed up to here
          ts        integer not null,                 -- of that event: recognises another log
          first_seq integer not null                  -- the room keeps no message below
        ) strict;
        create table purge (
          since integer not null                      -- when the first message since the last purge went, milliseconds since 1970 UTC
        ) strict;
        pragma user_version = {Version};
        commit;
        """;

    /// <summary>False: it holds another version's tables.</summary>
    internal static bool IsReady(SqliteDatabase db)
    {
        var version = db.Scalar("pragma user_version");
        if (version == Version)
            return true;
        if (version != 0 || db.Scalar("select count(*) from sqlite_schema") > 0)
            return false;
        db.Execute(Tables);
        return true;
    }
}
