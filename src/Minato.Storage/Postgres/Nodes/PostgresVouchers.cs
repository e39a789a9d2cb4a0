using System.Collections.Concurrent;
using Minato.Core.Storage;
using Minato.Storage.Sql;

namespace Minato.Storage.Postgres.Nodes;

/// <summary>Vouchers that all servers on the database share. When one is too late is said by the database's clock alone.</summary>
internal sealed class PostgresVouchers(DatabaseThreads threads) : IVoucherBook
{
    /// <summary>Of a kind, between two times that those of it that are late or too many are removed: each server may add so many too many.</summary>
    internal const int SweepEvery = 64;

    private const string ForgetOfOne = """
        delete from vouchers where hash in (
          select hash from vouchers where hash in (
            select hash from vouchers where kind = ?1 and counted_by = ?2 order by expires_at desc offset ?3)
          for update skip locked)
        """;

    private const string ForgetOfAll = """
        delete from vouchers where hash in (
          select hash from vouchers where hash in (
            select hash from vouchers where kind = ?1 and expires_at > now() order by expires_at desc offset ?2)
          or kind = ?1 and expires_at <= now()
          for update skip locked)
        """;

    /// <summary>Asked twice where the first answer was lost.</summary>
    private const string Insert = """
        insert into vouchers (kind, hash, counted_by, meaning, expires_at) values (?1, ?2, ?3, ?4, now() + ?5 * interval '1 millisecond')
        on conflict (hash) do nothing
        """;

    private const string Delete = "delete from vouchers where kind = ?1 and hash = ?2 and expires_at > now() returning meaning";

    private const string Select = """
        select meaning, expires_at < now() + ?3 * interval '1 millisecond' / 2
        from vouchers where kind = ?1 and hash = ?2 and expires_at > now()
        """;

    private const string Renew = "update vouchers set expires_at = now() + ?3 * interval '1 millisecond' where kind = ?1 and hash = ?2";

    private readonly ConcurrentDictionary<int, int> _added = new();

    public async ValueTask AddAsync(VoucherKind kind, byte[] hash, string countedBy, string meaning, CancellationToken cancel)
    {
        var isDue = _added.AddOrUpdate(kind.Number, 1, static (_, added) => added % SweepEvery + 1) == 1;
        await threads.RunAsync((kind, hash, countedBy, meaning, isDue), static (db, voucher) => Add(db, voucher), cancel);
    }

    public ValueTask<string?> TakeAsync(VoucherKind kind, byte[] hash, CancellationToken cancel) =>
        threads.RunAsync((kind, hash), static (db, asked) => Text(db.Statement(Delete).Bind(1, asked.kind.Number).BindBlob(2, asked.hash)), cancel);

    public ValueTask<string?> FindAsync(VoucherKind kind, byte[] hash, CancellationToken cancel) =>
        threads.RunAsync((kind, hash), static (db, asked) => Find(db, asked.kind, asked.hash), cancel);

    private static bool Add(Database db, (VoucherKind Kind, byte[] Hash, string CountedBy, string Meaning, bool IsDue) of)
    {
        if (of.Kind.MaxOfOne is { } max)
            db.Statement(ForgetOfOne).Bind(1, of.Kind.Number).Bind(2, of.CountedBy).Bind(3, max - 1).Run();
        if (of.IsDue)
            db.Statement(ForgetOfAll).Bind(1, of.Kind.Number).Bind(2, of.Kind.Max - 1).Run();
        db.Statement(Insert).Bind(1, of.Kind.Number).BindBlob(2, of.Hash).Bind(3, of.CountedBy).Bind(4, of.Meaning).Bind(5, Milliseconds(of.Kind)).Run();
        return true;
    }

    private static string? Find(Database db, VoucherKind kind, byte[] hash)
    {
        var row = db.Statement(Select).Bind(1, kind.Number).BindBlob(2, hash).Bind(3, Milliseconds(kind));
        if (!row.Step())
            return null;
        var (meaning, isHalfOver) = (row.Text(0), row.IsTrue(1));
        row.Reset();
        if (isHalfOver)
            db.Statement(Renew).Bind(1, kind.Number).BindBlob(2, hash).Bind(3, Milliseconds(kind)).Run();
        return meaning;
    }

    private static string? Text(Statement row)
    {
        var text = row.Step() ? row.Text(0) : null;
        row.Reset();
        return text;
    }

    private static long Milliseconds(VoucherKind kind) => (long)kind.Life.TotalMilliseconds;
}
