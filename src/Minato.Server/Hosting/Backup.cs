using Minato.Core.Storage;
using Minato.Server.Hosting;
using Minato.Storage.Sqlite;

namespace Minato.Server;

/// <summary>Copies a data folder's database to one file: by the server that has it, else by taking its lock.</summary>
public static class Backup
{
    /// <param name="file">An absolute path that does not exist yet.</param>
    /// <param name="progress">Pages copied, pages in all.</param>
    /// <exception cref="IOException">The file cannot be written, or there is no database.</exception>
    /// <exception cref="DatabaseException">The database cannot be read.</exception>
    /// <exception cref="DataInUseException">A server has the data, but does not answer.</exception>
    public static async Task RunAsync(string data, string file, Action<long, long> progress, CancellationToken cancel = default)
    {
        // A server that keeps its data elsewhere says so itself.
        if (!File.Exists(Path.Combine(data, "minato.db")) && !File.Exists(Path.Combine(data, "server.json")))
            throw new IOException($"There is no Minato data in {Path.GetFullPath(data)}. Name its folder with --data.");
        try
        {
            await CopyAsync(data, file, progress);
        }
        catch (DataInUseException inUse)
        {
            await ControlClient.AskAsync(data, "/backup", file, progress, inUse, cancel);
        }
        catch (StoreException e)
        {
            throw new DatabaseException(e.Message, e);
        }
    }

    private static async Task CopyAsync(string data, string file, Action<long, long> progress)
    {
        using var folder = DataFolder.Open(data);
        if (!File.Exists(folder.Database))
            throw new IOException($"There is no Minato data in {folder.Path}. Name its folder with --data.");
        await using var store = SqliteStore.Open(folder.Database, durable: true, TimeProvider.System);
        using var backup = store.StartBackup(file);
        while (!backup.Step())
            progress(backup.Progress.Done, backup.Progress.Total);
    }
}
