using Minato.Core.Storage;
using Minato.Storage.Sqlite;

namespace Minato.Server;

/// <summary>Puts a backup in place of a data folder's database, while no server has it.</summary>
public static class Restore
{
    /// <returns>Where the database that was there is kept; null when there was none.</returns>
    /// <exception cref="DatabaseException">The backup is damaged, of a newer version, or no backup of ours.</exception>
    /// <exception cref="DataInUseException">A server has the data: stop it first.</exception>
    /// <exception cref="IOException">Something cannot be read or written.</exception>
    public static string? Run(string data, string file)
    {
        if (!File.Exists(file))
            throw new IOException($"There is no file {file}.");
        try
        {
            using var folder = DataFolder.Open(data);
            SqliteFile.Verify(file);
            var kept = SqliteFile.Replace(file, folder.Database);
            // It knew what the other database said.
            SqliteFile.Delete(folder.SearchDatabase);
            return kept;
        }
        catch (StoreFailedException e)
        {
            throw new DatabaseException(e.Message, e);
        }
    }
}
