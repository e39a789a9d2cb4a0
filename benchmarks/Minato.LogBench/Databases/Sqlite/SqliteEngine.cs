namespace Minato.LogBench.Databases.Sqlite;

internal sealed class SqliteEngine(string folder) : IEngine
{
    public IDatabase Open(string name) => new SqliteDatabase(folder, name);

    public void Dispose()
    {
    }
}
