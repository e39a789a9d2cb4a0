using Minato.Tests.Kit;

namespace Minato.Client.Tests.Connections;

public sealed class HeartbeatTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Heartbeat _heartbeat;
    private int _pings;
    private int _deaths;

    public HeartbeatTests() => _heartbeat = new Heartbeat(_time, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(75), () => _pings++, () => _deaths++);

    public void Dispose() => _heartbeat.Dispose();

    [Fact]
    public void It_pings_after_an_interval_in_which_nothing_was_said()
    {
        Pass(29);
        Assert.Equal(0, _pings);
        Pass(1);
        Assert.Equal(1, _pings);
        _heartbeat.Heard();
        Pass(30);
        Assert.Equal(2, _pings);
    }

    [Fact]
    public void Who_says_much_that_is_never_answered_pings_all_the_same()
    {
        for (var second = 0; second < 31; second++)
        {
            _heartbeat.Said();
            Pass(1);
        }
        Assert.Equal(1, _pings);
    }

    [Fact]
    public void Silence_for_the_timeout_is_death_and_once()
    {
        Pass(74);
        Assert.Equal(0, _deaths);
        Pass(100);
        Assert.Equal(1, _deaths);
    }

    [Fact]
    public void Whatever_is_heard_puts_death_off()
    {
        Pass(70);
        _heartbeat.Heard();
        Pass(70);
        Assert.Equal(0, _deaths);
        Pass(6);
        Assert.Equal(1, _deaths);
    }

    [Fact]
    public void Who_does_not_listen_takes_nobody_for_dead_and_still_pings()
    {
        _heartbeat.Pause();
        Pass(200);
        Assert.Equal((0, true), (_deaths, _pings >= 6));
        _heartbeat.Resume();
        Pass(74);
        Assert.Equal(0, _deaths);
        Pass(2);
        Assert.Equal(1, _deaths);
    }

    [Fact]
    public void A_process_that_was_stopped_for_an_hour_asks_before_it_despairs()
    {
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((0, 1), (_deaths, _pings));
        Pass(80);
        Assert.Equal(1, _deaths);
    }

    private void Pass(int seconds)
    {
        for (var second = 0; second < seconds; second++)
            _time.Advance(TimeSpan.FromSeconds(1));
    }
}
