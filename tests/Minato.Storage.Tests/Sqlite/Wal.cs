using System.Buffers.Binary;

namespace Minato.Storage.Tests.Sqlite;

/// <summary>Reads a write-ahead log from outside: https://sqlite.org/fileformat2.html#the_write_ahead_log.</summary>
internal static class Wal
{
    /// <summary>Transactions in it: frames that say how large the database is after their commit.</summary>
    public static int Commits(string database)
    {
        using var file = new FileStream(database + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var log = new byte[file.Length];
        file.ReadExactly(log);
        if (log.Length < 32)
            return 0;
        var page = BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(8));
        var commits = 0;
        for (var at = 32; at + 24 + page <= log.Length; at += 24 + page)
            if (BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(at + 4)) != 0)
                commits++;
        return commits;
    }
}
