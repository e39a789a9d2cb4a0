using Minato.Core.Storage;
using Minato.Storage.Postgres;
using Minato.Tests.Kit;

namespace Minato.Storage.Tests.Contract;

public sealed class PostgresStoreTests(PostgresServer server) : StoreContract
{
    private readonly string _database = server.NewDatabaseWithSchema();

    protected override ValueTask<IStore> OpenAsync() => new(PostgresStore.Open(_database, Clock));
}
