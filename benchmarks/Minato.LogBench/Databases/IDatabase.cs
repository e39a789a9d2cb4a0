using Minato.Core.Storage;

namespace Minato.LogBench.Databases;

/// <summary>Where databases come from: SQLite files in a folder, or databases of a PostgreSQL server.</summary>
internal interface IEngine : IDisposable
{
    /// <summary>A database of this name, as it was left, or new with this version's schema.</summary>
    IDatabase Open(string name);
}

/// <summary>One database: the store on it, and what stands beside the store to compare it with.</summary>
internal interface IDatabase
{
    string Name { get; }

    /// <summary>A folder on the file system that the database commits to, for measuring its fsync.</summary>
    string Folder { get; }

    bool Exists { get; }

    IStore OpenStore(bool durable);

    /// <summary>The least that writes the same rows. Nobody else has the database open.</summary>
    /// <param name="durable">False: as fast as it goes, to fill it.</param>
    IBareWriter OpenBareWriter(bool durable);

    IReadOnlyList<TableSize> MeasureTables();

    /// <summary>Reads all of it once, so that what follows finds it in the system's page cache.</summary>
    void Warm();

    /// <summary>Asks the system to forget what it has cached of it; false where that is not possible.</summary>
    bool TryEvict();

    void Delete();
}

/// <summary>Writes posts with prepared statements and nothing else: no rights, no look-ups, no answers.</summary>
internal interface IBareWriter : IDisposable
{
    /// <summary>One transaction.</summary>
    void Commit(ReadOnlySpan<PostRow> batch);
}

/// <param name="Bytes">Pages in use by the table or index, whole.</param>
internal sealed record TableSize(string Table, string? Index, long Bytes);
