using Minato.Core.Users;
using Minato.Server.Sessions.Tickets;
using Minato.Storage;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions.Tickets;

public sealed class TicketBoundsTests
{
    private static readonly User Aoi = new(new UserId(1), Guid.CreateVersion7(), UserKind.Guest, "Aoi");

    private readonly ManualTime _clock = new();
    private readonly MemoryVouchers _vouchers;

    public TicketBoundsTests() => _vouchers = new MemoryVouchers(_clock);

    [Fact]
    public async Task Of_more_tickets_than_anybody_needs_the_oldest_is_worth_nothing()
    {
        var book = Book();
        var tickets = new List<Ticket>();
        for (var i = 0; i <= TicketBook.Max; i++)
            tickets.Add(await book.IssueAsync(Aoi));
        Assert.Null(await book.TakeAsync(tickets[0].Text));
        Assert.Equal(Aoi.Uid, (await book.TakeAsync(tickets[1].Text))?.Person);
        Assert.Equal(Aoi.Uid, (await book.TakeAsync(tickets[^1].Text))?.Person);
    }

    [Fact]
    public async Task Of_many_who_come_with_one_ticket_at_once_one_is_let_in()
    {
        var book = Book();
        for (var round = 0; round < 200; round++)
        {
            var ticket = (await book.IssueAsync(null)).Text;
            var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => book.TakeAsync(ticket).AsTask())));
            Assert.Single(taken, t => t is { Person: null });
            Assert.Equal(7, taken.Count(t => t is null));
        }
    }

    [Fact]
    public async Task A_ticket_does_not_show_itself_in_a_log() => Assert.Equal("…", (await Book().IssueAsync(null)).ToString());

    [Fact]
    public async Task Of_more_sessions_than_anybody_has_the_oldest_ends()
    {
        var sessions = new HostSessions(_vouchers, "launch");
        var first = await sessions.OpenAsync(Aoi.Uid);
        for (var i = 1; i < HostSessions.Max; i++)
            await sessions.OpenAsync(Aoi.Uid);
        Assert.Equal(Aoi.Uid, await sessions.FindAsync(first));
        var last = await sessions.OpenAsync(Aoi.Uid);
        Assert.Null(await sessions.FindAsync(first));
        Assert.Equal(Aoi.Uid, await sessions.FindAsync(last));
    }

    [Fact]
    public async Task A_session_that_is_used_goes_on_and_one_that_is_not_ends_some_day()
    {
        var sessions = new HostSessions(_vouchers, "launch");
        var (used, unused) = (await sessions.OpenAsync(Aoi.Uid), await sessions.OpenAsync(Aoi.Uid));
        for (var month = 0; month < 12; month++)
        {
            _clock.Advance(HostSessions.Kind.Life / 2);
            Assert.Equal(Aoi.Uid, await sessions.FindAsync(used));
        }
        Assert.Null(await sessions.FindAsync(unused));
    }

    [Fact]
    public async Task With_another_launch_token_nothing_is_worth_anything()
    {
        var ticket = await Book().IssueAsync(Aoi);
        var session = await new HostSessions(_vouchers, "launch").OpenAsync(Aoi.Uid);
        foreach (var token in new[] { "another", null })
        {
            Assert.Null(await Book(token).TakeAsync(ticket.Text));
            Assert.Null(await new HostSessions(_vouchers, token).FindAsync(session));
        }
        Assert.Equal(Aoi.Uid, (await Book().TakeAsync(ticket.Text))?.Person);
    }

    private TicketBook Book(string? launchToken = "launch") => new(_vouchers, launchToken, _clock);
}
