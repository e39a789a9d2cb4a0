using System.Security.Cryptography;
using Minato.Core.Storage;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private static readonly VoucherKind Lasting = new(1_001, TimeSpan.FromHours(1), 10_000, MaxOfOne: 3), Late = new(1_002, TimeSpan.Zero, 10_000), Few = new(1_003, TimeSpan.FromHours(1), 10);

    private IVoucherBook Vouchers => ((SqlStore)Store).Vouchers;

    [Fact]
    public async Task A_voucher_is_taken_once_by_its_own_hash_and_as_what_it_is()
    {
        var voucher = await Voucher(Lasting, "ann", "意味");
        Assert.Null(await Vouchers.TakeAsync(Lasting, NewVoucher(), default));
        Assert.Null(await Vouchers.TakeAsync(Few, voucher, default));
        Assert.Equal("意味", await Vouchers.FindAsync(Lasting, voucher, default));
        Assert.Equal("意味", await Vouchers.TakeAsync(Lasting, voucher, default));
        Assert.Null(await Vouchers.TakeAsync(Lasting, voucher, default));
        Assert.Null(await Vouchers.FindAsync(Lasting, voucher, default));
        Assert.Equal("", await Vouchers.TakeAsync(Lasting, await Voucher(Lasting, "", ""), default));
    }

    [Fact]
    public async Task Of_many_who_take_one_voucher_at_once_one_has_it()
    {
        for (var round = 0; round < 20; round++)
        {
            var voucher = await Voucher(Lasting, "ann", "once");
            var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Vouchers.TakeAsync(Lasting, voucher, default).AsTask())));
            Assert.Equal("once", Assert.Single(taken, t => t is not null));
        }
    }

    [Fact]
    public async Task A_voucher_that_is_late_is_worth_nothing()
    {
        Assert.Null(await Vouchers.FindAsync(Late, await Voucher(Late, "ann", "late"), default));
        Assert.Null(await Vouchers.TakeAsync(Late, await Voucher(Late, "ann", "late"), default));
    }

    [Fact]
    public async Task Who_asks_for_more_vouchers_than_one_may_have_loses_their_oldest()
    {
        var theirs = await Voucher(Lasting, "ben", "theirs");
        var mine = new List<byte[]>();
        for (var i = 0; i < 5; i++)
            mine.Add(await Voucher(Lasting, "ann", $"{i}"));
        var good = new List<string?>();
        foreach (var voucher in mine)
            good.Add(await Vouchers.FindAsync(Lasting, voucher, default));
        Assert.Equal([null, null, "2", "3", "4"], good);
        Assert.Equal("theirs", await Vouchers.TakeAsync(Lasting, theirs, default));
    }

    [Fact]
    public async Task Of_all_vouchers_there_are_so_many_or_few_more()
    {
        const int Spare = 64;
        var all = new List<byte[]>();
        for (var i = 0; i < 200; i++)
        {
            all.Add(await Voucher(Few, $"{i}", $"{i}"));
            // Others of another kind come between.
            await Voucher(Lasting, "ann", "between");
        }
        var good = new List<string?>();
        foreach (var voucher in all)
            good.Add(await Vouchers.FindAsync(Few, voucher, default));
        var newest = good.SkipWhile(g => g is null).ToList();
        Assert.InRange(newest.Count, Few.Max, Few.Max + Spare);
        Assert.DoesNotContain(null, newest);
    }

    private static byte[] NewVoucher() => RandomNumberGenerator.GetBytes(32);

    private async Task<byte[]> Voucher(VoucherKind kind, string countedBy, string meaning)
    {
        var hash = NewVoucher();
        await Vouchers.AddAsync(kind, hash, countedBy, meaning, default);
        return hash;
    }
}
