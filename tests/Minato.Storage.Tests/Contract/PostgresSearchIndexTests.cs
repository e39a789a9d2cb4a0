using Minato.Core.Search;
using Minato.Storage.Postgres.Search;
using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Storage.Tests.Contract;

public sealed class PostgresSearchIndexTests(PostgresServer server) : SearchIndexContract
{
    private readonly string _database = server.NewDatabaseWithSchema();

    protected override ValueTask<ISearchIndex> OpenAsync() => new(new PostgresSearchIndex(_database));

    [Fact]
    public async Task Tables_that_somebody_dropped_or_of_another_version_are_made_anew()
    {
        await Apply(new(1), (1, 1_000, "港"));
        Execute("drop table search_docs");
        Assert.Empty(await Find("港"));
        var damaged = await Assert.ThrowsAsync<SearchIndexException>(() => Apply(new(1), (2, 2_000, "港")));
        Assert.True(damaged.IsDamaged);
        await Index.ClearAsync(default);
        await Apply(new(1), (2, 2_000, "港"));
        Assert.Equal(["1:2"], await Find("港"));
        Execute("update search_version set version = 0");
        await ReopenAsync();
        Assert.Empty(await Index.ReadMarksAsync(default));
    }

    [Fact]
    public async Task Two_messages_that_would_have_one_place_get_two()
    {
        var one = Places.First(new(1), 1, 1_000);
        var other = Enumerable.Range(2, 100_000).Select(i => (long)i).First(i => Places.First(new(i), 1, 1_000) == one);
        await Apply(new(1), (1, 1_000, "港"));
        await Apply(new(other), (1, 1_000, "港"));
        Assert.Equal(2, (await Find("港")).Count());
    }

    private void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(_database);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
