using System.Globalization;
using Minato.Core.Search;
using Npgsql;

namespace Minato.Storage.Postgres.Search;

internal static class IndexTables
{
    /// <summary>Raised when the tables change.</summary>
    private const int TablesVersion = 2;

    private const string Drop = "drop table if exists search_docs, search_marks, search_version";

    private static readonly int Version = (TablesVersion * 1000) + BodyTokens.Version;

    private static readonly string Create = string.Create(CultureInfo.InvariantCulture, $"""
        create table search_docs (
          key     bigint primary key,     -- by time: candidates come newest first
          room_id bigint not null,
          seq     bigint not null,
          tokens  tsvector not null,
          unique (room_id, seq)
        );
        create index search_docs_by_token on search_docs using gin (tokens);
        create table search_marks (
          room_id   bigint primary key,
          seq       bigint not null,      -- the room's log is indexed up to here
          ts        bigint not null,      -- of that event: recognises another log
          first_seq bigint not null       -- the room keeps no message below
        );
        create table search_version (version bigint not null);
        insert into search_version values ({Version});
        """);

    /// <summary>There are no migrations: tables of another version are built anew.</summary>
    internal static async Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await ReadVersionAsync(connection, cancel) != Version)
        {
            await ExecuteAsync(connection, Drop, cancel);
            await ExecuteAsync(connection, Create, cancel);
        }
        await transaction.CommitAsync(cancel);
    }

    internal static Task DropAsync(NpgsqlConnection connection, CancellationToken cancel) => ExecuteAsync(connection, Drop, cancel);

    private static async Task<long?> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        // Asked one after the other: a table that is not there would end the transaction.
        await using var exists = new NpgsqlCommand("select to_regclass('search_version') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancel) is not true)
            return null;
        await using var version = new NpgsqlCommand("select max(version) from search_version", connection);
        return await version.ExecuteScalarAsync(cancel) as long?;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
