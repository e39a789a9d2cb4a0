using Minato.Tests.Kit;

namespace Minato.Sidecar.Tests;

public sealed class AwakeTimeoutTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void It_is_over_after_its_time_and_not_before()
    {
        using var timeout = new AwakeTimeout(TimeSpan.FromSeconds(30), _time);
        Pass(299);
        Assert.False(timeout.IsOver);
        Pass(1);
        Assert.True(timeout.IsOver && timeout.Token.IsCancellationRequested);
    }

    [Fact]
    public void An_hour_in_which_nobody_could_run_is_none_of_it()
    {
        using var timeout = new AwakeTimeout(TimeSpan.FromSeconds(30), _time);
        Pass(100);
        _time.Advance(TimeSpan.FromHours(1));
        _time.Leap(TimeSpan.FromDays(1));
        Pass(180);
        Assert.False(timeout.IsOver);
        Pass(30);
        Assert.True(timeout.IsOver);
    }

    [Fact]
    public void One_without_an_end_and_one_that_was_disposed_of_wait_for_nothing()
    {
        using var endless = new AwakeTimeout(Timeout.InfiniteTimeSpan, _time);
        new AwakeTimeout(TimeSpan.FromSeconds(1), _time).Dispose();
        Assert.Equal(0, _time.Waiting);
    }

    private void Pass(int tenths)
    {
        for (var i = 0; i < tenths; i++)
            _time.Advance(TimeSpan.FromMilliseconds(100));
    }
}
