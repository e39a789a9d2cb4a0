using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Minato.Core.Storage;
using Minato.Storage.Sqlite;

namespace Minato.LogBench.Databases.Sqlite;

internal sealed partial class SqliteDatabase(string folder, string name) : IDatabase
{
    private const int DontNeed = 4;

    private readonly string _file = Path.Combine(folder, $"{name}.db");

    public string Name => name;

    public string Folder => folder;

    public bool Exists => File.Exists(_file);

    public IStore OpenStore(bool durable) => SqliteStore.Open(_file, durable, TimeProvider.System);

    public IBareWriter OpenBareWriter(bool durable) => new SqliteBareWriter(_file, durable);

    public IReadOnlyList<TableSize> MeasureTables()
    {
        using var db = new Connection(_file);
        // dbstat is a table of pages; aggregate = true sums them up for each tree. https://sqlite.org/dbstat.html
        using var rows = db.Prepare("""
            select s.tbl_name, nullif(d.name, s.tbl_name), d.pgsize from dbstat d
            join sqlite_schema s on s.name = d.name where d.aggregate = true order by 1, 2
            """);
        var sizes = new List<TableSize>();
        while (rows.Step())
            sizes.Add(new TableSize(rows.Text(0)!, rows.Text(1), rows.Int64(2)));
        return sizes;
    }

    public void Warm()
    {
        var buffer = new byte[1024 * 1024];
        using var file = File.Open(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        while (file.Read(buffer) > 0)
        {
        }
    }

    public bool TryEvict()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        foreach (var file in Files.Where(File.Exists))
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            // Only clean pages are let go.
            RandomAccess.FlushToDisk(handle);
            if (posix_fadvise(handle, 0, 0, DontNeed) != 0)
                return false;
        }
        return true;
    }

    public void Delete()
    {
        foreach (var file in Files)
            File.Delete(file);
    }

    private string[] Files => [_file, $"{_file}-wal", $"{_file}-shm"];

    [LibraryImport("libc")]
    private static partial int posix_fadvise(SafeFileHandle file, long offset, long length, int advice);
}
