using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Storage;
using Minato.Server.Nodes;

namespace Minato.Server.Tests.Nodes;

/// <summary>What is read from the log comes with the room as it is by then, which may have had other names since.</summary>
public sealed class ElsewhereTests
{
    [Fact]
    public void Each_event_is_told_of_the_room_by_the_name_of_its_time()
    {
        Assert.Equal(["a", "b", "b", "c"], NamesOf([Make.Posted(5), Renamed(6, "b", "a"), Make.Posted(7), Renamed(8, "c", "b")], now: "c", before: "a"));
        // It was given another one since they were read, or behind the last of them.
        Assert.Equal(["a", "b", "b"], NamesOf([Make.Posted(5), Renamed(6, "b", "a"), Make.Posted(7)], now: "d", before: "a"));
        Assert.Equal(["a", "a"], NamesOf([Make.Posted(5), Make.Posted(6)], now: "d", before: "a"));
    }

    private static IEnumerable<string?> NamesOf(RoomEvent[] events, string now, string before) => Elsewhere.Batch(
        new LogPiece(Make.Lobby with { Slug = now, Title = now }, default, [.. events.Select(e => new LoggedEvent(e, 0))]), before).Outcomes.Select(o => ((Logged)o).Room.Slug);

    private static SlugChanged Renamed(long seq, string slug, string was) => new(Make.Lobby.Id, seq, seq, Make.Alice, slug, was);
}
