using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Reports;
using Minato.Core.Rights;
using Minato.Core.Rooms;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_report_is_a_copy_that_outlives_what_becomes_of_the_message_and_the_room()
    {
        var (ann, bob) = (await Guest("ann"), await Guest("bob"));
        var room = (await Commit<Logged>(new CreateRoom(ann, null, "den", "Den", RoomKind.Private))).Room;
        await Commit<Logged>(new Invite(ann, null, room.Id, bob.Id));
        await Commit<Logged>(new Join(bob, null, room.Id));
        var said = await Say(bob, room, "first");
        await Commit<Logged>(new Edit(bob, null, room.Id, said.Seq, Body("second")));
        var head = await Head(room);
        var made = await Commit<ReportsChanged>(new ReportMessage(ann, Cid("1"), room.Id, said.Seq, "spam"));
        Assert.Equal((1, head.Seq), (made.Open, made.Answer!.Seq));
        await Commit<Logged>(new SetTitle(ann, null, room.Id, "A title that is nobody else's business"));
        await Commit<Logged>(new Edit(bob, null, room.Id, said.Seq, Body("I said nothing")));
        await Commit<Logged>(new Delete(bob, null, room.Id, said.Seq));
        await Commit<Logged>(new EraseMessages(bob, null, room.Id, bob.Id));
        await ReopenAsync();
        while ((await Store.MaintainAsync(default)).Next == TimeSpan.Zero)
        {
        }

        var report = Assert.Single((await Reports()).Reports);
        Assert.Equal((ann.Id, "spam", Clock.NowMs), (report.By.Id, report.Reason, report.At));
        Assert.Equal(new ReportedRoom(room.Uid, RoomKind.Private, "Den"), report.Room);
        Assert.Equal((said.Seq, said.Ts, bob.Id, "second"), (report.Message.Seq, report.Message.Ts, report.Message.From.Id, report.Message.Body?.ToString()));
        // The room was told nothing: of the title, the edit and the deletion.
        Assert.Equal(head.Seq + 3, (await Head(room)).Seq);
    }

    [Fact]
    public async Task What_may_not_be_seen_cannot_be_reported_nor_what_says_nothing_any_more()
    {
        var (ann, eve) = (await Guest("ann"), await Guest("eve"));
        var den = (await Commit<Logged>(new CreateRoom(ann, null, "den", "Den", RoomKind.Private))).Room;
        var secret = await Say(ann, den, "secret");
        Assert.Equal(Refusal.NoSuchRoom, await Refused(new ReportMessage(eve, null, den.Id, secret.Seq, "")));
        Assert.Equal(Refusal.NoSuchRoom, await Refused(new ReportMessage(eve, null, new RoomId(999), secret.Seq, "")));
        // In it by now, and still not for them.
        await Commit<Logged>(new Invite(ann, null, den.Id, eve.Id));
        await Commit<Logged>(new Join(eve, null, den.Id));
        foreach (var seq in new[] { secret.Seq, 1, 999 })
            Assert.Equal(Refusal.NoSuchMessage, await Refused(new ReportMessage(eve, null, den.Id, seq, "")));
        var gone = await Say(ann, den, "gone");
        await Commit<Logged>(new EraseMessages(ann, null, den.Id, ann.Id));
        Assert.Equal(Refusal.NoSuchMessage, await Refused(new ReportMessage(eve, null, den.Id, gone.Seq, "")));
        Assert.Equal(0, (await Reports()).Open);
        // Who may not speak may still say what is wrong, also where nobody may any more.
        var (lobby, bob) = (await Lobby(), await Account("bob", ServerRole.Owner));
        var said = await Say(ann, lobby, "here");
        await Commit<Logged>(new Mute(bob, null, lobby.Id, eve.Id));
        await Commit<ReportsChanged>(new ReportMessage(eve, null, lobby.Id, said.Seq, ""));
        var hall = await NewRoom(ann, "hall");
        said = await Say(ann, hall, "there");
        await Commit<Logged>(new Archive(ann, null, hall.Id, On: true));
        await Commit<ReportsChanged>(new ReportMessage(eve, null, hall.Id, said.Seq, ""));
    }

    [Fact]
    public async Task Somebody_has_one_open_report_of_a_message_a_hundred_in_all_and_makes_them_at_a_pace()
    {
        var (ann, bob, lobby) = (await Guest("ann"), await Guest("bob"), await Lobby());
        var said = (await Commit([.. Enumerable.Range(0, 102).Select(n => new Post(bob, null, lobby.Id, Body($"spam {n}")))])).Cast<Logged>().ToList();
        var first = await Commit<ReportsChanged>(new ReportMessage(ann, Cid("1"), lobby.Id, said[0].Seq, "a"));
        Assert.Equal(1, first.Open);
        // Again is done, under the same id and another; somebody else's is another.
        Assert.Null((await Commit<Logged>(new ReportMessage(ann, Cid("1"), lobby.Id, said[0].Seq, "a"))).Event);
        Assert.Null((await Commit<Logged>(new ReportMessage(ann, null, lobby.Id, said[0].Seq, "b"))).Event);
        Assert.Equal(2, (await Commit<ReportsChanged>(new ReportMessage(bob, null, lobby.Id, said[0].Seq, "c"))).Open);

        for (var n = 1; n < 20; n++)
            await Commit<ReportsChanged>(new ReportMessage(ann, null, lobby.Id, said[n].Seq, ""));
        Assert.Equal(new Refused(Refusal.RateLimited, TimeSpan.FromMinutes(1)), await Commit<Refused>(new ReportMessage(ann, Cid("20"), lobby.Id, said[20].Seq, "")));
        await ReopenAsync();
        Clock.Now += TimeSpan.FromSeconds(59);
        Assert.Equal(new Refused(Refusal.RateLimited, TimeSpan.FromSeconds(1)), await Commit<Refused>(new ReportMessage(ann, Cid("20"), lobby.Id, said[20].Seq, "")));
        Clock.Now += TimeSpan.FromSeconds(1);
        for (var n = 20; n < 100; n++, Clock.Now += TimeSpan.FromMinutes(1))
            await Commit<ReportsChanged>(new ReportMessage(ann, null, lobby.Id, said[n].Seq, ""));
        Clock.Now += TimeSpan.FromHours(5);
        Assert.Equal(Refusal.TooMany, await Refused(new ReportMessage(ann, null, lobby.Id, said[100].Seq, "")));
        await Commit<ReportsChanged>(new ResolveReport(null, (await Reports()).Reports[^1].Id, Resolution.Acted));
        await Commit<ReportsChanged>(new ReportMessage(ann, null, lobby.Id, said[100].Seq, ""));
    }

    [Fact]
    public async Task A_message_has_twenty_open_reports_and_later_ones_are_done_and_add_nothing()
    {
        var (ann, lobby) = (await Guest("ann"), await Lobby());
        var said = (await Say(ann, lobby, "spam")).Seq;
        for (var n = 0; n < 20; n++)
            await Commit<ReportsChanged>(new ReportMessage(await Guest($"guest{n}"), null, lobby.Id, said, ""));
        foreach (var _ in new[] { "first", "again" })
            Assert.Null((await Commit<Logged>(new ReportMessage(ann, Cid("1"), lobby.Id, said, ""))).Event);
        Assert.Equal(20, (await Reports()).Open);
        // Another message is another matter; and once somebody has looked at one report, there is room for one.
        Assert.Equal(21, (await Commit<ReportsChanged>(new ReportMessage(ann, null, lobby.Id, (await Say(ann, lobby, "more")).Seq, ""))).Open);
        await Commit<ReportsChanged>(new ResolveReport(null, (await Reports()).Reports[^1].Id, Resolution.Dismissed));
        Assert.Equal(21, (await Commit<ReportsChanged>(new ReportMessage(ann, null, lobby.Id, said, ""))).Open);
    }

    [Fact]
    public async Task Admins_resolve_what_was_reported_and_not_what_they_have_said_themselves()
    {
        var (owner, admin, ann) = (await Account("owner", ServerRole.Owner), await Account("admin", ServerRole.Admin), await Account("ann"));
        var lobby = await Lobby();
        var said = new List<long>();
        foreach (var from in new[] { admin, owner, ann })
            said.Add((await Say(from, lobby, $"by {from.Nick}")).Seq);
        foreach (var seq in said)
            await Commit<ReportsChanged>(new ReportMessage(ann, null, lobby.Id, seq, ""));
        var (ofAnn, ofOwner, ofAdmin) = (await Reports()).Reports.Select(r => r.Id).ToArray() is [var a, var b, var c] ? (a, b, c) : default;

        Assert.Equal(Refusal.Forbidden, await Refused(new ResolveReport(ann, ofAnn, Resolution.Dismissed)));
        Assert.Equal(Refusal.Forbidden, await Refused(new ResolveReport(ann, 999, Resolution.Dismissed)));
        Assert.Equal(Refusal.Forbidden, await Refused(new ResolveReport(admin, ofAdmin, Resolution.Dismissed)));
        Assert.Equal(Refusal.NoSuchReport, await Refused(new ResolveReport(admin, 999, Resolution.Dismissed)));
        Assert.Equal(2, (await Commit<ReportsChanged>(new ResolveReport(admin, ofAnn, Resolution.Dismissed))).Open);
        Assert.Equal(1, (await Commit<ReportsChanged>(new ResolveReport(owner, ofOwner, Resolution.Acted))).Open);
        await Commit<Nothing>(new ResolveReport(admin, ofAnn, Resolution.Dismissed));
        Assert.Equal(1, (await Commit<ReportsChanged>(new ResolveReport(owner, ofAnn, Resolution.Acted))).Open);

        var resolved = await Accounts.ReadReportsAsync(isOpen: false, null, 1, default);
        Assert.Equal((1, true, ofAnn, Resolution.Acted, owner.Id), (resolved.Open, resolved.More, resolved.Reports[0].Id, resolved.Reports[0].Resolved!.Resolution, resolved.Reports[0].Resolved!.By!.Id));
        Assert.Equal(ofOwner, Assert.Single((await Accounts.ReadReportsAsync(isOpen: false, ofAnn, 1, default)).Reports).Id);
        Assert.Equal(["report.resolved ann 3 acted", "report.resolved owner 2 acted", "report.resolved ann 3 dismissed"],
            (await Accounts.ReadAuditAsync(null, 3, default)).Select(e => $"{e.Act} {e.Subject?.Nick} {e.Detail}"));
    }

    [Fact]
    public async Task What_somebody_wrote_is_gone_from_reports_when_they_leave_for_good_and_all_such_words_are_erased()
    {
        var (owner, ann, bob, lobby) = (await Person("owner", ServerRole.Owner), await Person("ann"), await Person("bob"), await Lobby());
        var (byAnn, byBob) = ((await Say(ann, lobby, "of ann")).Seq, (await Say(bob, lobby, "of bob")).Seq);
        await Commit<ReportsChanged>(new ReportMessage(bob, null, lobby.Id, byAnn, "because bob says so"));
        await Commit<ReportsChanged>(new ReportMessage(ann, null, lobby.Id, byBob, "because ann says so"));
        await Commit<Nothing>(new ChangeSettings(owner, null, DepartedMessages.Erase));
        await Commit<AccountChanged>(new DeleteAccount(ann, "hash of ann"));

        Assert.Equal([(null, "of bob"), ("because bob says so", null)], (await Reports()).Reports.Select(r => (r.Reason, r.Message.Body?.ToString())));
    }

    [Fact]
    public async Task A_report_goes_ninety_days_after_it_was_resolved_and_a_year_after_it_was_made_in_any_case()
    {
        var (ann, lobby) = (await Guest("ann"), await Lobby());
        var (one, two) = ((await Say(ann, lobby, "one")).Seq, (await Say(ann, lobby, "two")).Seq);
        await Commit<ReportsChanged>(new ReportMessage(ann, null, lobby.Id, one, ""));
        await Commit<ReportsChanged>(new ReportMessage(ann, null, lobby.Id, two, ""));
        await Commit<ReportsChanged>(new ResolveReport(null, (await Reports()).Reports[^1].Id, Resolution.Dismissed));
        Assert.Equal(1, await ResolvedAfterAsync(days: 89));
        Assert.Equal(0, await ResolvedAfterAsync(days: 2));
        Assert.Equal(1, (await Reports()).Open);
        await ResolvedAfterAsync(days: 273);
        Assert.Equal(1, (await Reports()).Open);
        await ResolvedAfterAsync(days: 2);
        Assert.Equal(0, (await Reports()).Open);

        async Task<int> ResolvedAfterAsync(int days)
        {
            Clock.Advance(TimeSpan.FromDays(days));
            await Store.MaintainAsync(default);
            return (await Accounts.ReadReportsAsync(isOpen: false, null, 50, default)).Reports.Count;
        }
    }

    private async Task<ReportPage> Reports() => await Accounts.ReadReportsAsync(isOpen: true, null, 200, default);
}
