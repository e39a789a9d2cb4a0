using System.Buffers.Binary;
using Minato.Core.Storage;

namespace Minato.Storage.Sqlite.Schema;

/// <summary>
/// Tells whose a database file is from its first bytes (https://sqlite.org/fileformat2.html#the_database_header), before SQLite
/// opens it: opening alone may write, and what is not ours is left as it is.
/// </summary>
internal static class FileHeader
{
    private const int UserVersionAt = 60, ApplicationIdAt = 68, FirstPageCellsAt = 103, Length = 105;

    private static ReadOnlySpan<byte> JournalMagic => [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];

    /// <exception cref="StoreFailedException">Not a database, or another program's.</exception>
    internal static void Check(string file)
    {
        if (Directory.Exists(file))
            throw new StoreFailedException($"{file} is a folder, where the database should be. Move it away, or choose another place with --data.");
        Span<byte> header = stackalloc byte[Length];
        header.Clear();
        if (!File.Exists(file) || Read(file, header) == 0)
            return;
        if (!header.StartsWith("SQLite format 3\0"u8))
        {
            if (IsTornAtFirst($"{file}-journal"))
                return;
            throw Damaged(file);
        }
        var application = BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdAt..]);
        var isEmpty = BinaryPrimitives.ReadInt32BigEndian(header[UserVersionAt..]) == 0
            && BinaryPrimitives.ReadInt16BigEndian(header[FirstPageCellsAt..]) == 0;
        // Ours, killed in its first moments: all it has is still in the log beside it. Its schema is looked at once it is open.
        var restInLog = application == 0 && File.Exists($"{file}-wal") && new FileInfo($"{file}-wal").Length > 0;
        if (application != Migrations.ApplicationId && !(application == 0 && isEmpty) && !restInLog)
            throw Others(file);
    }

    /// <summary>
    /// Whether a power loss tore the first page ever written: the journal beside it, which was on disk before, says that there was none, and SQLite
    /// goes back to that. Header: magic, count, nonce, pages before (https://sqlite.org/fileformat2.html#the_rollback_journal).
    /// </summary>
    private static bool IsTornAtFirst(string journal)
    {
        const int pagesAt = 16;
        Span<byte> header = stackalloc byte[pagesAt + sizeof(int)];
        return File.Exists(journal) && Read(journal, header) == header.Length && header.StartsWith(JournalMagic) && BinaryPrimitives.ReadInt32BigEndian(header[pagesAt..]) == 0;
    }

    internal static StoreFailedException Damaged(string file, Exception? e = null) => new(
        $"{file} is damaged or not a database, and was left alone. Restore a backup, or choose another folder with --data.", e);

    internal static StoreFailedException Others(string file) =>
        new($"{file} is another program's database, and was left alone. Choose another folder with --data.");

    private static int Read(string file, Span<byte> header)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
    }
}
