using Minato.Storage.Moving;
using Minato.Storage.Sqlite;
using Minato.Storage.Sqlite.Native;

namespace Minato.Storage.Tests.Moving;

public sealed class MoveTableTests
{
    [Fact]
    public async Task Every_table_of_the_schema_is_moved_or_left_with_a_reason()
    {
        using var folder = new TempFolder();
        await using (SqliteStore.Open(folder.Of("minato.db"), durable: false, TimeProvider.System))
        {
        }
        using var db = SqliteDatabase.Open(folder.Of("minato.db"), create: false);
        var rows = db.Statement("select name from sqlite_schema where type not in ('index', 'trigger')");
        var names = new List<string>();
        while (rows.Step())
            names.Add(rows.Text(0));
        Assert.Equal(names.Except(MoveTable.Left.Keys).Order(), MoveTable.Names.Order());
        Assert.Empty(MoveTable.Left.Keys.Intersect(MoveTable.Names));
        foreach (var table in MoveTable.Names.Select(name => MoveTable.Read(db, name)))
            Assert.True(table.Columns.Any(c => c.InKey > 0), $"{table.Name} has no key to go by.");
    }
}
