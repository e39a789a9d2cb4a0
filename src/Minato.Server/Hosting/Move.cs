using Minato.Core.Storage;
using Minato.Storage.Moving;

namespace Minato.Server;

/// <summary>Moves a data folder's database into PostgreSQL, while no server has it. It stays where it is, as it is, and so do the files that people uploaded.</summary>
public static class Move
{
    /// <param name="postgres">An empty database, or one into which this move was begun; as <see cref="MinatoOptions.Postgres"/>.</param>
    /// <param name="progress">Work done, work in all.</param>
    /// <exception cref="IOException">There is no data.</exception>
    /// <exception cref="DatabaseException">One of the two databases cannot be used, or what came is not what was there.</exception>
    /// <exception cref="DataInUseException">A server has one of them: stop it first.</exception>
    public static MoveReport ToPostgres(string data, string postgres, Action<long, long> progress)
    {
        if (!Directory.Exists(data))
            throw NoData(data);
        try
        {
            using var folder = DataFolder.Open(data);
            if (!File.Exists(folder.Database) && !File.Exists($"{folder.Database}-wal"))
                throw NoData(data);
            var moved = PostgresMove.Run(folder.Database, postgres, progress);
            return new MoveReport(
                folder.Path, moved.IsResumed, [.. moved.Tables.Select(t => new MoveReportTable(t.Name, t.Rows, t.Checksum))], moved.Replaced);
        }
        catch (StoreInUseException e)
        {
            throw new DataInUseException(e.Message, url: null, pid: null);
        }
        catch (StoreException e)
        {
            throw new DatabaseException(e.Message, e);
        }
    }

    private static IOException NoData(string data) => new($"There is no Minato data in {Path.GetFullPath(data)}. Name its folder with --data.");
}
