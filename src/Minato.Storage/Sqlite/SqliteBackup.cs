using Minato.Core.Storage;
using Minato.Storage.Sqlite.Native;
using SQLitePCL;

namespace Minato.Storage.Sqlite;

/// <summary>
/// A copy taken over the writer's own connection: commits between two steps go into the copy as well. Only a rolled back batch
/// (a full disk, a row that breaks the schema) makes SQLite start it over.
/// The file appears under its name only when it is whole, and both are on disk at the end.
/// </summary>
internal sealed class SqliteBackup : IBackup
{
    /// <summary>1 MiB of 4 KiB pages: a few milliseconds between two commits.</summary>
    private const int PagesPerStep = 256;

    private readonly string _file;
    private readonly string _partial;
    private readonly SqliteDatabase _target;
    private readonly sqlite3_backup _backup;
    private bool _closed;

    internal SqliteBackup(SqliteDatabase writer, string file)
    {
        if (Path.Exists(file))
            throw new IOException($"{file} exists already. Choose another name, or remove it.");
        _file = file;
        _partial = $"{file}.partial";
        _target = Create();
        _backup = raw.sqlite3_backup_init(_target.Handle, "main", writer.Handle, "main");
        if (_backup is null || _backup.IsInvalid)
        {
            var why = raw.sqlite3_errmsg(_target.Handle).utf8_to_string();
            _target.Dispose();
            File.Delete(_partial);
            throw new IOException($"{file} cannot be written: {why}");
        }
    }

    public (long Done, long Total) Progress { get; private set; }

    public bool Step()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var code = raw.sqlite3_backup_step(_backup, PagesPerStep);
        var total = raw.sqlite3_backup_pagecount(_backup);
        Progress = (total - raw.sqlite3_backup_remaining(_backup), total);
        if (code == raw.SQLITE_OK)
            return false;
        Close();
        if (code != raw.SQLITE_DONE)
            throw new IOException($"The backup to {_file} failed: {raw.sqlite3_errstr(code).utf8_to_string()}.");
        File.Move(_partial, _file);
        FolderEntries.Sync(Path.GetDirectoryName(Path.GetFullPath(_file))!);
        return true;
    }

    /// <summary>Leaves nothing of a backup that is not whole.</summary>
    public void Dispose()
    {
        Close();
        File.Delete(_partial);
        // SQLite leaves it where its own end failed, too: on a full disk.
        File.Delete($"{_partial}-journal");
    }

    private SqliteDatabase Create()
    {
        try
        {
            // Created empty and private before SQLite writes a word into it.
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            File.Delete(_partial);
            new FileStream(_partial, options).Dispose();
            return SqliteDatabase.Open(_partial, create: true);
        }
        catch (Exception e) when (e is SqliteException or UnauthorizedAccessException)
        {
            File.Delete(_partial);
            throw new IOException($"{_file} cannot be written: {e.Message}", e);
        }
    }

    private void Close()
    {
        if (_closed)
            return;
        _closed = true;
        _ = raw.sqlite3_backup_finish(_backup);
        _target.Dispose();
    }
}
