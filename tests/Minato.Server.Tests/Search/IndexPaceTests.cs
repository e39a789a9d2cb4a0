using Minato.Core.Rooms;
using Minato.Server.Log;
using Minato.Server.Search;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Search;

public sealed class IndexPaceTests
{
    private readonly ManualTime _clock = new();
    private readonly ChangedRooms _changed = new();

    [Fact]
    public async Task While_little_is_said_it_does_not_rest()
    {
        var pace = new IndexPace(_changed, _clock);
        pace.StartWork();
        Say(10);
        _clock.Advance(TimeSpan.FromMilliseconds(20));
        await pace.RestAsync(default).AsTask().Within("the next piece of work");
        Assert.Equal(0, _clock.Waiting);
    }

    [Fact]
    public async Task While_much_is_said_it_rests_nine_times_as_long_as_it_worked()
    {
        var pace = new IndexPace(_changed, _clock);
        pace.StartWork();
        Say(100);
        _clock.Advance(TimeSpan.FromMilliseconds(20));
        var rest = pace.RestAsync(default).AsTask();
        _clock.Advance(TimeSpan.FromMilliseconds(179));
        Assert.False(rest.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await rest.Within("the end of the rest");
    }

    private void Say(int events)
    {
        for (var i = 0; i < events; i++)
            _changed.Add(new RoomId(1));
    }
}
