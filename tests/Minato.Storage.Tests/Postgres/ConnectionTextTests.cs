using Minato.Core.Storage;
using Minato.Storage.Postgres;
using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Storage.Tests.Postgres;

/// <summary>Where a database is, as people write it; several servers may have it.</summary>
public sealed class ConnectionTextTests(PostgresServer server)
{
    [Theory]
    [InlineData("Host=127.0.0.1;Port={0};Username=postgres;Database={1}")]
    [InlineData("Host=127.0.0.1:{0};Username=postgres;Database={1}")]
    [InlineData("Host=127.0.0.1:1,127.0.0.1:{0};Username=postgres;Database={1};Target Session Attributes=read-write")]
    [InlineData("Host=127.0.0.1:{0}, 127.0.0.1;Port=1;Username=postgres;Database={1}")]
    [InlineData("postgres://postgres@127.0.0.1:{0}/{1}")]
    [InlineData("postgresql://postgres@127.0.0.1:1,127.0.0.1:{0}/{1}?target_session_attrs=primary&Timeout=5")]
    public void However_it_is_written_the_server_that_is_there_is_found(string written)
    {
        var database = new NpgsqlConnectionStringBuilder(server.NewDatabase());
        using var servers = ConnectionText.Servers(string.Format(written, database.Port, database.Database));
        var (connection, timeline) = servers.Open();
        using (connection)
        {
            Assert.Equal(database.Database, connection.Database);
            Assert.Equal(1, timeline);
        }
    }

    [Theory]
    [InlineData("postgres://")]
    [InlineData("postgres://user@/minato")]
    [InlineData("postgres://user@one,two:port/minato")]
    [InlineData("Host=one;Nonsense=1")]
    [InlineData("Database=minato")]
    public void What_cannot_be_understood_is_said_so_without_its_password(string written)
    {
        var e = Assert.Throws<StoreFailedException>(() => ConnectionText.Servers(written).Open());
        Assert.StartsWith("The database's address cannot be understood.", e.Message);
    }

    [Fact]
    public void Where_none_is_there_the_sentence_names_what_became_of_each()
    {
        using var servers = ConnectionText.Servers("Host=127.0.0.1:1,127.0.0.1:2;Username=postgres");
        var e = Assert.Throws<NpgsqlException>(() => servers.Open());
        Assert.Contains("127.0.0.1:1", e.Message);
        Assert.Contains("127.0.0.1:2", e.Message);
    }
}
