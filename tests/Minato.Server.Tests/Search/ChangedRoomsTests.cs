using Minato.Core.Rooms;
using Minato.Server.Log;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Search;

public sealed class ChangedRoomsTests
{
    private readonly ChangedRooms _changed = new();

    [Fact]
    public async Task Rooms_are_named_once_and_the_first_of_them_wakes()
    {
        var waiting = _changed.WhenAnyAsync(default).AsTask();
        Assert.False(waiting.IsCompleted);
        foreach (var id in new long[] { 1, 2, 1, 1, 3 })
            _changed.Add(new RoomId(id));
        await waiting.Within("the wake-up");
        Assert.Equal([1, 2, 3], _changed.Take()!.Select(r => r.Value).Order());
        Assert.Empty(_changed.Take()!);
        _changed.Add(new RoomId(4));
        await _changed.WhenAnyAsync(default).AsTask().Within("the next one");
        Assert.Equal([4], _changed.Take()!.Select(r => r.Value));
    }

    [Fact]
    public void Past_ten_thousand_all_rooms_are_meant()
    {
        for (var i = 1; i <= 10_001; i++)
            _changed.Add(new RoomId(i));
        Assert.Null(_changed.Take());
        Assert.Empty(_changed.Take()!);
    }
}
