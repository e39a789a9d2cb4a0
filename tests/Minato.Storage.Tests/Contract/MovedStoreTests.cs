using Minato.Core.Storage;
using Minato.Storage.Moving;
using Minato.Storage.Postgres;
using Minato.Storage.Sqlite;
using Minato.Tests.Kit;

namespace Minato.Storage.Tests.Contract;

/// <summary>Begun on SQLite, and wherever a store is opened again, gone on with on PostgreSQL, into which all of it was moved: nobody may notice.</summary>
public sealed class MovedStoreTests(PostgresServer server) : StoreContract
{
    private readonly TempFolder _folder = new();
    private bool _isBegun;
    private string? _database;

    protected override int Histories => 10;

    protected override ValueTask<IStore> OpenAsync()
    {
        if (!_isBegun)
        {
            _isBegun = true;
            return new(SqliteStore.Open(_folder.Of("minato.db"), durable: false, Clock));
        }
        if (_database is null)
            PostgresMove.Run(_folder.Of("minato.db"), _database = server.NewDatabaseWithSchema(), (_, _) => { });
        return new(PostgresStore.Open(_database, Clock));
    }

    protected override ValueTask ForgetAsync()
    {
        _folder.Remove("minato.db*");
        (_isBegun, _database) = (false, null);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
