using Minato.Core.Storage;
using Minato.Storage.Postgres.Native;
using Minato.Storage.Sqlite.Native;

namespace Minato.Storage.Moving;

/// <summary>
/// Moves a SQLite database into an empty one of PostgreSQL: sums up what there is, copies it in the order of its keys, sums up what came. Cut short at
/// any moment, it goes on where it was; until it is done no server starts on what is there.
/// </summary>
public static class PostgresMove
{
    /// <summary>Rows in one transaction: some tenths of a second, which a move that is cut short does again.</summary>
    private const int BatchRows = 10_000;

    /// <summary>Each row is summed up, copied, and summed up again.</summary>
    private const int Rounds = 3;

    /// <param name="file">Only read. Nobody else writes to it.</param>
    /// <param name="connection">As for <see cref="Postgres.PostgresStore.Open(string, TimeProvider)"/>.</param>
    /// <param name="progress">Told at each row: rows done, rows in all, of all rounds.</param>
    /// <exception cref="StoreFailedException">One of the two cannot be used, they hold what cannot be moved, or not the same afterwards. The message says which.</exception>
    /// <exception cref="StoreInUseException">A server or another move has the database.</exception>
    public static Moved Run(string file, string connection, Action<long, long> progress) => Run(file, connection, progress, BatchRows);

    internal static Moved Run(string file, string connection, Action<long, long> progress, int batchRows)
    {
        try
        {
            using var source = MoveSource.Open(file);
            using var target = MoveTarget.Open(connection, source.Instance);
            return new Work(source, target, progress, batchRows).Do();
        }
        catch (SqliteException e)
        {
            throw new StoreFailedException(e.IsNotADatabase ? $"{file} is damaged: restore a backup. Nothing was changed in it." : $"{file} cannot be read ({e.Message}).", e);
        }
        catch (PostgresError e)
        {
            throw new StoreFailedException($"PostgreSQL cannot be used: {e.Message}. Run the same again when it can: what came by then is not sent again.", e);
        }
    }

    /// <summary>One run, from wherever an earlier one was cut short.</summary>
    private sealed class Work(MoveSource source, MoveTarget target, Action<long, long> progress, int batchRows)
    {
        private readonly long _total = source.Tables.Sum(source.Count) * Rounds;
        private long _done;
        private long _replaced;

        internal Moved Do()
        {
            var sums = source.Tables.Select(SumOfSource).ToList();
            var isResumed = target.IsBegun;
            if (!isResumed)
                target.Begin(sums);
            var copied = target.Resume(sums);
            foreach (var table in source.Tables)
                Copy(table, copied[table.Name]);
            target.Analyze();
            foreach (var (table, sum) in source.Tables.Zip(sums))
                Verify(table, sum);
            target.End(source.LastIds());
            return new Moved(sums, _replaced, isResumed);
        }

        private TableSum SumOfSource(MoveTable table)
        {
            var rows = source.Rows(table, OneMore);
            var sum = TableSum.Of(rows);
            _replaced += rows.Replaced;
            return sum;
        }

        private void Copy(MoveTable table, long copied)
        {
            _done += copied;
            var rows = source.Rows(table, OneMore, after: copied);
            for (var count = batchRows; count == batchRows; copied += count)
                count = target.Copy(rows, copied, batchRows);
        }

        private void Verify(MoveTable table, TableSum sum)
        {
            var came = TableSum.Of(target.Rows(table, OneMore));
            if (came != sum)
                throw new StoreFailedException(
                    $"The table {table.Name} is not what it was: {came.Rows} rows of {sum.Rows}, checksum {came.Checksum} in place of {sum.Checksum}. Somebody changed it meanwhile, or a disk did. Move into an empty database: dropdb, createdb.");
        }

        private void OneMore() => progress(++_done, _total);
    }
}

/// <param name="Tables">What was moved, in order.</param>
/// <param name="Replaced">Texts in which U+FFFD stands for what PostgreSQL does not hold (NUL, what is no UTF-8).</param>
/// <param name="IsResumed">An earlier run had begun it.</param>
public sealed record Moved(IReadOnlyList<TableSum> Tables, long Replaced, bool IsResumed);
