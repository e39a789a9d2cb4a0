using Minato.Core.Users;
using Minato.Server.Sessions.Tickets;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions.Tickets;

public sealed class TicketBoundsTests
{
    private static readonly User Aoi = new(new UserId(1), Guid.CreateVersion7(), UserKind.Guest, "Aoi");

    [Fact]
    public void Of_more_tickets_than_anybody_needs_the_oldest_is_worth_nothing()
    {
        var book = new TicketBook(new ManualTime());
        var tickets = Enumerable.Range(0, TicketBook.Max + 1).Select(_ => book.Issue(Aoi)).ToList();
        Assert.False(book.TryTake(tickets[0].Text, out _));
        Assert.True(book.TryTake(tickets[1].Text, out var second));
        Assert.True(book.TryTake(tickets[^1].Text, out var last));
        Assert.Equal((Aoi.Uid, Aoi.Uid), (second, last));
    }

    [Fact]
    public void Of_many_who_come_with_one_ticket_at_once_one_is_let_in()
    {
        var book = new TicketBook(TimeProvider.System);
        for (var round = 0; round < 200; round++)
        {
            var ticket = book.Issue(null).Text;
            Assert.Equal(1, Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Count(_ => book.TryTake(ticket, out var _)));
        }
    }

    [Fact]
    public void A_ticket_does_not_show_itself_in_a_log() => Assert.Equal("…", new TicketBook(TimeProvider.System).Issue(null).ToString());

    [Fact]
    public void Of_more_sessions_than_anybody_has_the_oldest_ends()
    {
        var sessions = new HostSessions();
        var first = sessions.Open(Aoi.Uid);
        for (var i = 1; i < HostSessions.Max; i++)
            sessions.Open(Aoi.Uid);
        Assert.Equal(Aoi.Uid, sessions.Find(first));
        var last = sessions.Open(Aoi.Uid);
        Assert.Null(sessions.Find(first));
        Assert.Equal(Aoi.Uid, sessions.Find(last));
    }
}
