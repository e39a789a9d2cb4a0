namespace Minato.Server.Tests.Scheduling;

/// <summary>Orders of events that are rare, or that random schedules found to be handled wrongly, told step by step.</summary>
public sealed class OrderTests : IDisposable
{
    private readonly World _world = new([]);

    public void Dispose() => _world.Dispose();

    /// <summary>Nobody else is in the room: it is loaded while an event of it is on its way, and the head that was read is old.</summary>
    [Fact]
    public void Who_comes_to_a_room_while_its_newest_event_is_published_knows_of_it()
    {
        const string HeadIsRead = "ReadHeadAsync";
        var (ann, cy, open) = (_world.Client("ann"), _world.Client("cy"), _world.Room("open"));
        cy.Connect(resumes: false);
        _world.Settle();
        ann.Connect(resumes: false);
        _world.Schedule.RunAll(holding: HeadIsRead);
        cy.Ask("send", open, ",\"body\":\"CID\"");
        _world.Schedule.RunAll(holding: HeadIsRead);
        _world.Write();
        _world.Schedule.RunAll(holding: HeadIsRead);
        _world.Publish();
        _world.Schedule.RunAll(holding: HeadIsRead);
        _world.End();
    }

    [Fact]
    public void Who_joins_and_leaves_in_one_commit_is_not_told_of_being_in()
    {
        var (ann, cy, den) = (_world.Client("ann"), _world.Client("cy"), _world.Room("den"));
        ann.Connect(resumes: false);
        cy.Connect(resumes: false);
        _world.Settle();
        ann.Ask("invite", den, $",\"user\":\"{cy.User.Uid}\"");
        _world.Settle();
        cy.Ask("join", den);
        cy.Ask("leave", den);
        _world.End();
    }

    [Fact]
    public void Who_is_banned_while_catching_up_gets_no_event_after_a_gap()
    {
        const string Reading = "asking to ReadEventsAsync";
        var (ann, bob, den) = (_world.Client("ann"), _world.Client("bob"), _world.Room("den"));
        ann.Connect(resumes: false);
        bob.Connect(resumes: false);
        _world.Settle();
        bob.HangUp();
        ann.Ask("send", den, ",\"body\":\"CID\"");
        _world.Settle();
        bob.Connect(resumes: true);
        _world.Schedule.RunAll(holding: Reading);
        ann.Ask("ban", den, $",\"user\":\"{bob.User.Uid}\"");
        _world.Schedule.RunAll(holding: Reading);
        // On disk, and not published yet.
        _world.Write();
        _world.Schedule.RunAll(holding: Reading);
        _world.Schedule.RunAll();
        _world.End();
    }
}
