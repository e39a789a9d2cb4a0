using Minato.Core.Storage;
using Minato.Storage.Sqlite;

namespace Minato.Storage.Tests.Contract;

public sealed class SqliteStoreTests : StoreContract
{
    private readonly TempFolder _folder = new();

    protected override ValueTask<IStore> OpenAsync() => new(SqliteStore.Open(_folder.Of("minato.db"), durable: true, Clock));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>As <c>--memory</c> opens it: the same file, without waiting for the disk.</summary>
public sealed class MemoryStoreTests : StoreContract
{
    private readonly TempFolder _folder = new();

    protected override ValueTask<IStore> OpenAsync() => new(SqliteStore.Open(_folder.Of("minato.db"), durable: false, Clock));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
