using Minato.Core.Storage;
using Minato.Server.Hosting;
using Minato.Storage.Sqlite;

namespace Minato.Server;

/// <summary>Builds a data folder's search index anew: by the server that has it, else by its next start.</summary>
public static class Reindex
{
    /// <param name="progress">Events indexed, events in all.</param>
    /// <returns>True: it is done. False: no server runs; the next one does it.</returns>
    /// <exception cref="IOException">There is no data, it cannot be written, or the server ended before it was done.</exception>
    /// <exception cref="DataInUseException">A server has the data, but does not answer.</exception>
    public static async Task<bool> RunAsync(string data, Action<long, long> progress, CancellationToken cancel = default)
    {
        if (!Directory.Exists(data))
            throw new IOException($"There is no Minato data in {Path.GetFullPath(data)}. Name its folder with --data.");
        try
        {
            using var folder = DataFolder.Open(data);
            SqliteFile.Delete(folder.SearchDatabase);
            return false;
        }
        catch (DataInUseException inUse)
        {
            await ControlClient.AskAsync(data, "/reindex", "", progress, inUse, cancel);
            return true;
        }
        catch (StoreFailedException e)
        {
            throw new DatabaseException(e.Message, e);
        }
    }
}
