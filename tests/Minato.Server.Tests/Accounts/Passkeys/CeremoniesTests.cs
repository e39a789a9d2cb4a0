using Minato.Server.Accounts.Passkeys;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Accounts.Passkeys;

public sealed class CeremoniesTests
{
    private readonly ManualTime _clock = new();

    [Fact]
    public void One_is_ended_once_by_its_owner_and_in_time()
    {
        var ceremonies = new Ceremonies(_clock);
        var id = ceremonies.Begin("ann", "a", "state");
        Assert.Null(ceremonies.TryEnd(id, "ben"));
        Assert.Null(ceremonies.TryEnd(id + "x", "ann"));
        Assert.Equal("state", ceremonies.TryEnd(id, "ann"));
        Assert.Null(ceremonies.TryEnd(id, "ann"));
        id = ceremonies.Begin("ann", "a", "state");
        _clock.Advance(Ceremonies.Life - TimeSpan.FromMilliseconds(1));
        Assert.Equal("state", ceremonies.TryEnd(id, "ann"));
        id = ceremonies.Begin("ann", "a", "state");
        _clock.Advance(Ceremonies.Life);
        Assert.Null(ceremonies.TryEnd(id, "ann"));
        Assert.Equal(0, ceremonies.Count);
    }

    [Fact]
    public void Who_asks_without_end_pushes_out_their_own_and_nobody_else_s()
    {
        var ceremonies = new Ceremonies(_clock);
        var (mine, theirs) = (ceremonies.Begin("", "me", "mine"), ceremonies.Begin("", "flood", "first"));
        for (var i = 0; i < Ceremonies.MaxOfOne; i++)
            ceremonies.Begin("", "flood", "more");
        Assert.Null(ceremonies.TryEnd(theirs, ""));
        Assert.Equal("mine", ceremonies.TryEnd(mine, ""));
        Assert.Equal(Ceremonies.MaxOfOne, ceremonies.Count);
    }

    [Fact]
    public void However_many_ask_the_number_is_bounded_and_what_is_over_makes_room()
    {
        var ceremonies = new Ceremonies(_clock);
        var first = ceremonies.Begin("", "0", "first");
        for (var i = 0; i < Ceremonies.Max; i++)
            ceremonies.Begin("", $"{i}", "more");
        Assert.Equal(Ceremonies.Max, ceremonies.Count);
        Assert.Null(ceremonies.TryEnd(first, ""));
        _clock.Advance(Ceremonies.Life);
        Assert.Equal("last", ceremonies.TryEnd(ceremonies.Begin("", "0", "last"), ""));
        Assert.Equal(0, ceremonies.Count);
    }
}
