using Minato.Core.Storage;
using Minato.Storage.Postgres;
using Minato.Tests.Kit;

namespace Minato.Storage.Tests.Contract;

public sealed class PostgresStoreTests(PostgresServer server) : StoreContract
{
    private string _database = server.NewDatabaseWithSchema();

    /// <summary>Each begins with a database of its own, and asks a server some thousand things.</summary>
    protected override int Histories => 10;

    protected override ValueTask<IStore> OpenAsync() => new(PostgresStore.Open(_database, Clock));

    protected override ValueTask ForgetAsync()
    {
        _database = server.NewDatabaseWithSchema();
        return ValueTask.CompletedTask;
    }
}
