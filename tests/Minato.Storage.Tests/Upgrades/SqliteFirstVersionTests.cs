using Minato.Core.Storage;
using Minato.Storage.Sqlite;
using Minato.Storage.Sqlite.Native;
using Minato.Storage.Sqlite.Schema;

namespace Minato.Storage.Tests.Upgrades;

public sealed class SqliteFirstVersionTests : FirstVersion, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override void Make(string rows)
    {
        using var first = SqliteDatabase.Open(_folder.Of("minato.db"), create: true);
        first.Execute($"begin; {Migrations.OfThisVersion.Scripts[0]}; pragma user_version = 1; pragma application_id = {Migrations.ApplicationId}; {rows} commit;");
    }

    protected override string Uid(Guid uid) => $"x'{Convert.ToHexString(uid.ToByteArray(bigEndian: true))}'";

    protected override IStore Open(TimeProvider clock) => SqliteStore.Open(_folder.Of("minato.db"), durable: false, clock);
}
