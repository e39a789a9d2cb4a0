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

    [Fact]
    public void Who_is_kicked_while_being_welcomed_hears_of_the_kick_and_of_nothing_after_it()
    {
        const string First = "ReadFirstOfSpanAsync";
        var (ann, bob, den) = (_world.Client("ann"), _world.Client("bob"), _world.Room("den"));
        ann.Connect(resumes: false);
        bob.Connect(resumes: false);
        _world.Settle();
        bob.HangUp();
        _world.Settle();
        bob.Connect(resumes: true);
        _world.Schedule.RunAll(holding: First);
        _world.Schedule.Pass(First); // the room is entered
        _world.Schedule.RunAll(holding: First); // the welcome is said, and the room about to be resumed
        ann.Ask("kick", den, $",\"user\":\"{bob.User.Uid}\"");
        MakeKnown(holding: First);
        ann.Ask("send", den, ",\"body\":\"CID\"");
        MakeKnown(holding: First);
        _world.End();
    }

    [Fact]
    public void Who_joins_elsewhere_while_being_welcomed_is_told_of_the_room_before_its_events()
    {
        const string First = "ReadFirstOfSpanAsync";
        const string Standing = "ReadStandingAsync";
        var (ann, bob, bob2, open) = (_world.Client("ann"), _world.Client("bob"), _world.Client("bob2"), _world.Room("open"));
        ann.Connect(resumes: false);
        bob.Connect(resumes: false);
        _world.Settle();
        bob.Ask("leave", open);
        _world.Settle();
        bob2.Connect(resumes: false);
        _world.Schedule.RunAll(holding: First); // its rooms are listed, without this one
        bob.Ask("join", open);
        MakeKnown(holding: First);
        _world.Schedule.Pass(First);
        _world.Schedule.RunAll(holding: Standing); // welcome, and about to be told of the room
        ann.Ask("send", open, ",\"body\":\"CID\"");
        MakeKnown(holding: Standing);
        _world.End();
    }

    [Fact]
    public void Who_is_welcomed_before_their_joining_is_published_hears_nothing_that_was_said_before_it()
    {
        var (ann, bob, bob2, den) = (_world.Client("ann"), _world.Client("bob"), _world.Client("bob2"), _world.Room("den"));
        ann.Connect(resumes: false);
        bob.Connect(resumes: false);
        _world.Settle();
        bob.Ask("leave", den);
        ann.Ask("invite", den, $",\"user\":\"{bob.User.Uid}\"");
        _world.Settle();
        // On disk, one after the other, and not published yet.
        ann.Ask("send", den, ",\"body\":\"CID\"");
        _world.Schedule.RunAll();
        _world.Write();
        _world.Schedule.RunAll();
        bob.Ask("join", den);
        _world.Schedule.RunAll();
        _world.Write();
        _world.Schedule.RunAll();
        bob2.Connect(resumes: false);
        _world.Schedule.RunAll();
        _world.End();
    }

    [Fact]
    public void Who_left_a_private_room_and_came_back_elsewhere_is_not_resumed_across_the_time_between()
    {
        var (ann, bob, bob2, den) = (_world.Client("ann"), _world.Client("bob"), _world.Client("bob2"), _world.Room("den"));
        foreach (var client in new[] { ann, bob, bob2 })
            client.Connect(resumes: false);
        _world.Settle();
        bob.HangUp();
        bob2.Ask("leave", den);
        ann.Ask("send", den, ",\"body\":\"CID\"");
        ann.Ask("invite", den, $",\"user\":\"{bob2.User.Uid}\"");
        _world.Settle();
        bob2.Ask("join", den);
        _world.Settle();
        bob.Connect(resumes: true);
        _world.End();
        Assert.Contains("reset trimmed", _world.Reached);
    }

    [Fact]
    public void Who_is_given_a_role_in_the_commit_of_their_joining_is_told_so_with_the_room()
    {
        var (ann, cy, open) = (_world.Client("ann"), _world.Client("cy"), _world.Room("open"));
        ann.Connect(resumes: false);
        cy.Connect(resumes: false);
        _world.Settle();
        cy.Ask("join", open);
        _world.Schedule.RunAll();
        ann.Ask("role", open, $",\"user\":\"{cy.User.Uid}\",\"role\":\"moderator\"");
        ann.Ask("title", open, ",\"title\":\"Wide open\"");
        _world.End();
        var told = Assert.Single(_world.Schedule.Trace, line => line.StartsWith("    cy ← {\"op\":\"room\"", StringComparison.Ordinal) && line.Contains(open, StringComparison.Ordinal));
        Assert.Contains("\"role\":\"moderator\"", told);
        Assert.Contains("\"title\":\"Wide open\"", told);
    }

    /// <summary>What was asked is committed and published, while one stands still.</summary>
    private void MakeKnown(string holding)
    {
        _world.Schedule.RunAll(holding);
        _world.Write();
        _world.Schedule.RunAll(holding);
        _world.Publish();
        _world.Schedule.RunAll(holding);
    }
}
