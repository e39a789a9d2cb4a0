using Minato.Core.Commands;
using Minato.Server.Log;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Log;

public sealed class PendingReadsTests
{
    private readonly ManualTime _clock = new();

    [Fact]
    public void Only_the_newest_position_of_each_member_and_room_is_written_a_second_after_the_first()
    {
        var reads = new PendingReads(_clock);
        Assert.Equal(Timeout.InfiniteTimeSpan, reads.Patience);
        Assert.True(reads.Add(new MarkRead(Make.Alice, Make.Lobby.Id, 5))); // somebody must wake the writer
        Assert.False(reads.Add(new MarkRead(Make.Alice, Make.Lobby.Id, 9)));
        Assert.False(reads.Add(new MarkRead(Make.Alice, Make.Lobby.Id, 7)));
        Assert.False(reads.Add(new MarkRead(Make.Bob, Make.Lobby.Id, 1)));
        _clock.Advance(TimeSpan.FromSeconds(0.75));
        Assert.Equal(TimeSpan.FromSeconds(0.25), reads.Patience);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, reads.Patience);
        Assert.Equal([("alice", 9), ("bob", 1)], reads.Take().Select(m => (m.Actor.Nick, (int)m.Seq)).Order());
        Assert.Equal(Timeout.InfiniteTimeSpan, reads.Patience);
        Assert.True(reads.Add(new MarkRead(Make.Alice, Make.Lobby.Id, 10)));
    }
}
