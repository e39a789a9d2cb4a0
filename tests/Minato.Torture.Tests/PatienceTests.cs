using Minato.Tests.Kit;
using Minato.Torture.Running;

namespace Minato.Torture.Tests;

/// <summary>How long is waited for clients at the end of a run.</summary>
public sealed class PatienceTests
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);
    private readonly ManualTime _time = new();

    [Fact]
    public void Who_gets_on_is_waited_for_however_long_it_takes()
    {
        var patience = new Patience(Within, _time);
        for (var step = 1; step <= 100; step++)
        {
            _time.Advance(Within);
            Assert.False(patience.IsOver(step));
        }
    }

    [Fact]
    public void Who_does_not_is_not()
    {
        var patience = new Patience(Within, _time);
        _time.Advance(Within);
        Assert.False(patience.IsOver(7));
        _time.Advance(Within);
        Assert.False(patience.IsOver(7));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(patience.IsOver(7));
    }

    [Fact]
    public void Nor_is_who_never_began()
    {
        var patience = new Patience(Within, _time);
        _time.Advance(Within + TimeSpan.FromSeconds(1));
        Assert.True(patience.IsOver(0));
    }
}
