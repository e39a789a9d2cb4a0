using Minato.Core.Users;
using Minato.Server.Rooms.Presence;

namespace Minato.Server.Tests.Rooms.Presence;

public sealed class RoomPresenceTests
{
    private readonly RoomPresence _presence = new();

    [Fact]
    public void Who_comes_is_told_once_however_many_connections_they_have()
    {
        _presence.Enter(Make.Alice);
        _presence.Enter(Make.Alice);
        _presence.Enter(null);
        Assert.Equal(([Make.Alice], [], 2), Tick());
        Assert.False(_presence.IsStirred);
        _presence.Exit(Make.Alice, lingers: true);
        Assert.False(_presence.IsStirred);
        Assert.Null(Tick());
    }

    [Fact]
    public void Who_reconnects_within_five_ticks_was_never_away()
    {
        _presence.Enter(Make.Alice);
        Tick();
        for (var i = 0; i < 3; i++)
        {
            _presence.Exit(Make.Alice, lingers: true);
            for (var tick = 0; tick < RoomPresence.LingerTicks; tick++)
                Assert.Null(Tick());
            Assert.Equal(1, _presence.Count);
            _presence.Enter(Make.Alice);
            Assert.Null(Tick());
        }
        Assert.False(_presence.IsStirred);
    }

    [Fact]
    public void Who_stays_away_is_gone_after_five_ticks_and_then_nothing_stirs()
    {
        _presence.Enter(Make.Alice);
        _presence.Enter(Make.Bob);
        Tick();
        _presence.Exit(Make.Alice, lingers: true);
        for (var tick = 0; tick < RoomPresence.LingerTicks; tick++)
            Assert.Null(Tick());
        Assert.Equal(([], [Make.Alice], 1), Tick());
        Assert.False(_presence.IsStirred);
    }

    [Fact]
    public void Who_leaves_by_an_act_is_gone_at_once_and_told_even_if_their_coming_was_not()
    {
        _presence.Enter(Make.Alice);
        Assert.Equal(Make.Alice, Assert.Single(_presence.Page(null, 10).Users));
        _presence.Exit(Make.Alice, lingers: false);
        Assert.Equal(([], [Make.Alice], 0), Tick());
        _presence.Enter(Make.Bob);
        Tick();
        _presence.Exit(Make.Bob, lingers: false);
        _presence.Enter(Make.Bob);
        Assert.Equal(([Make.Bob], [], 1), Tick()); // an answer in between may have left him out
    }

    [Fact]
    public void Pages_go_through_all_by_their_ids_under_the_names_of_today()
    {
        var users = Enumerable.Range(1, 25).Select(i => new User(new UserId(i), Guid.NewGuid(), UserKind.Guest, $"n{i}")).ToList();
        users.ForEach(_presence.Enter);
        _presence.Enter(null);
        _presence.Rename(users[3] with { Nick = "renamed" });
        var seen = new List<User>();
        for (Guid? after = null; ;)
        {
            var (page, more, _) = _presence.Page(after, 10);
            seen.AddRange(page);
            if (!more)
                break;
            Assert.Equal(10, page.Count);
            after = page[^1].Uid;
        }
        Assert.Equal(users.Select(u => u.Uid).Order(), seen.Select(u => u.Uid));
        Assert.Contains(seen, u => u.Nick == "renamed");
        Assert.Empty(_presence.Page(Guid.AllBitsSet, 10).Users);
        Assert.Equal(26, _presence.Count);
    }

    private (List<User> Arrived, List<User> Left, int Count)? Tick()
    {
        _presence.Linger();
        return _presence.TakeChange() is { } change ? ([.. change.Arrived], [.. change.Left], change.Count) : null;
    }
}
