using Minato.Core.Storage;
using Minato.Storage.Sqlite;

namespace Minato.Storage.Tests.Contract;

public sealed class SqliteStoreTests : StoreContract
{
    private readonly TempFolder _folder = new();
    private int _number;

    protected override ValueTask<IStore> OpenAsync() => new(SqliteStore.Open(_folder.Of($"{_number}.db"), durable: true, Clock));

    protected override ValueTask ForgetAsync()
    {
        _folder.Remove($"{_number++}.db*");
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        var faults = Plans.Faults((SqliteStore)Store);
        await base.DisposeAsync();
        _folder.Dispose();
        Assert.Empty(faults);
    }
}

/// <summary>As <c>--memory</c> opens it: the same file, without waiting for the disk.</summary>
public sealed class MemoryStoreTests : StoreContract
{
    private readonly TempFolder _folder = new();
    private int _number;

    protected override ValueTask<IStore> OpenAsync() => new(SqliteStore.Open(_folder.Of($"{_number}.db"), durable: false, Clock));

    protected override ValueTask ForgetAsync()
    {
        _folder.Remove($"{_number++}.db*");
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
