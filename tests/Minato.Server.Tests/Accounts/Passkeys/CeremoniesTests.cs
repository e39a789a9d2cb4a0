using Minato.Server.Accounts;
using Minato.Server.Accounts.Passkeys;
using Minato.Storage;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Accounts.Passkeys;

public sealed class CeremoniesTests
{
    private readonly ManualTime _clock = new();
    private readonly MemoryVouchers _vouchers;
    private readonly Ceremonies _ceremonies;

    public CeremoniesTests()
    {
        _vouchers = new MemoryVouchers(_clock);
        _ceremonies = new Ceremonies(_vouchers, new Pseudonyms([]));
    }

    [Fact]
    public async Task One_is_ended_once_by_its_owner_and_in_time()
    {
        var id = await _ceremonies.BeginAsync("ann", "a", "state");
        Assert.Null(await _ceremonies.EndAsync(id, "ben"));
        Assert.Null(await _ceremonies.EndAsync(id + "x", "ann"));
        Assert.Equal("state", await _ceremonies.EndAsync(id, "ann"));
        Assert.Null(await _ceremonies.EndAsync(id, "ann"));
        id = await _ceremonies.BeginAsync("ann", "a", "state");
        _clock.Advance(Ceremonies.Life - TimeSpan.FromMilliseconds(1));
        Assert.Equal("state", await _ceremonies.EndAsync(id, "ann"));
        id = await _ceremonies.BeginAsync("ann", "a", "state");
        _clock.Advance(Ceremonies.Life);
        Assert.Null(await _ceremonies.EndAsync(id, "ann"));
        Assert.Equal(0, Count);
    }

    [Fact]
    public async Task Who_asks_without_end_pushes_out_their_own_and_nobody_else_s()
    {
        var (mine, theirs) = (await _ceremonies.BeginAsync("", "me", "mine"), await _ceremonies.BeginAsync("", "flood", "first"));
        for (var i = 0; i < Ceremonies.MaxOfOne; i++)
            await _ceremonies.BeginAsync("", "flood", "more");
        Assert.Null(await _ceremonies.EndAsync(theirs, ""));
        Assert.Equal("mine", await _ceremonies.EndAsync(mine, ""));
        Assert.Equal(Ceremonies.MaxOfOne, Count);
    }

    [Fact]
    public async Task However_many_ask_the_number_is_bounded_and_what_is_over_makes_room()
    {
        var first = await _ceremonies.BeginAsync("", "0", "first");
        for (var i = 0; i < Ceremonies.Max; i++)
            await _ceremonies.BeginAsync("", $"{i}", "more");
        Assert.Equal(Ceremonies.Max, Count);
        Assert.Null(await _ceremonies.EndAsync(first, ""));
        _clock.Advance(Ceremonies.Life);
        Assert.Equal("last", await _ceremonies.EndAsync(await _ceremonies.BeginAsync("", "0", "last"), ""));
        Assert.Equal(0, Count);
    }

    private int Count => _vouchers.Count(Ceremonies.Kind);
}
