using Minato.Core.Storage;
using Minato.Storage.Sqlite.Native;
using SQLitePCL;

namespace Minato.Storage.Sqlite;

/// <summary>
/// A copy taken over the writer's own connection: commits between two steps go into the copy as well, so it never starts over.
/// The file appears under its name only when it is whole.
/// </summary>
internal sealed class SqliteBackup : IBackup
{
    /// <summary>1 MiB of 4 KiB pages: a few milliseconds between two commits.</summary>
    private const int PagesPerStep = 256;

    private readonly string _file;
    private readonly string _partial;
    private readonly Database _target;
    private readonly sqlite3_backup _backup;
    private bool _done;

    internal SqliteBackup(Database writer, string file)
    {
        if (File.Exists(file))
            throw new IOException($"{file} exists already. Choose another name, or remove it.");
        _file = file;
        _partial = $"{file}.partial";
        try
        {
            // Created empty and private before SQLite writes a word into it.
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            new FileStream(_partial, options).Dispose();
            _target = Database.Open(_partial, create: true);
        }
        catch (Exception e) when (e is SqliteException or UnauthorizedAccessException)
        {
            throw new IOException($"{file} cannot be written: {e.Message}", e);
        }
        _backup = raw.sqlite3_backup_init(_target.Handle, "main", writer.Handle, "main");
    }

    public (long Done, long Total) Progress { get; private set; }

    public bool Step()
    {
        var code = raw.sqlite3_backup_step(_backup, PagesPerStep);
        // Taken here: once it is whole there is no backup left to ask.
        var total = raw.sqlite3_backup_pagecount(_backup);
        Progress = (total - raw.sqlite3_backup_remaining(_backup), total);
        if (code == raw.SQLITE_OK)
            return false;
        if (code != raw.SQLITE_DONE)
            throw new IOException($"The backup to {_file} failed: {raw.sqlite3_errstr(code).utf8_to_string()}.");
        Close();
        File.Move(_partial, _file);
        return _done = true;
    }

    public void Dispose()
    {
        if (_done)
            return;
        Close();
        File.Delete(_partial);
    }

    private void Close()
    {
        _ = raw.sqlite3_backup_finish(_backup);
        _target.Dispose();
    }
}
