using System.Net;
using Minato.Core.Accounts;
using Minato.Core.Users;
using Minato.Server.Accounts;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Accounts;

public sealed class GuessLimitTests
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");

    private readonly ManualTime _clock = new();
    private readonly GuessLimits _limits;

    public GuessLimitTests() => _limits = new GuessLimits(new MinatoOptions(), _clock, new Pseudonyms([]));

    private TimeSpan? Try(string nick = "ann", string? address = null, string? device = null) =>
        _limits.TryBegin(Guess.Login(null, nick, address is null ? Here : IPAddress.Parse(address), device));

    private static Guess AtHome(string nick) => Guess.Login(null, nick, Here, null);

    private static Account AccountOf(Guid uid, string nick) => new(new User(new UserId(7), uid, UserKind.Account, nick), "", 0);

    [Fact]
    public void Five_may_be_wrong_and_then_each_wait_is_twice_the_one_before_up_to_a_quarter_of_an_hour()
    {
        for (var i = 0; i < 5; i++)
            Assert.Null(Try());
        var waits = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            var wait = Try()!.Value;
            waits.Add(wait.TotalSeconds);
            _clock.Advance(wait - TimeSpan.FromMilliseconds(1));
            Assert.Equal(1, Try()!.Value.TotalMilliseconds);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Null(Try());
        }
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900], waits);
    }

    [Fact]
    public void Whatever_the_name_is_written_like_and_from_wherever_it_is_one_account()
    {
        var from = 1;
        foreach (var nick in new[] { "ann", "ANN", "ａｎｎ", "ann", "Ann" })
            Assert.Null(Try(nick, address: $"198.51.100.{from++}"));
        Assert.NotNull(Try(address: "203.0.113.9"));
        Assert.Null(Try("ben"));
    }

    [Fact]
    public void Strangers_who_guess_do_not_hold_up_a_device_that_is_known()
    {
        for (var i = 0; i < 6; i++)
            Try();
        Assert.NotNull(Try());
        for (var i = 0; i < 5; i++)
            Assert.Null(Try(device: "laptop"));
        // A stolen device guesses no more than anybody.
        Assert.NotNull(Try(device: "laptop"));
        Assert.Null(Try(device: "phone"));
    }

    [Fact]
    public void An_address_that_guesses_at_many_accounts_waits_and_others_do_not()
    {
        for (var i = 0; i < 20; i++)
            Assert.Null(Try($"user-{i}"));
        Assert.NotNull(Try("another"));
        Assert.Null(Try("another", "192.0.2.2"));
    }

    [Fact]
    public void A_network_of_IPv6_is_one_address()
    {
        for (var i = 0; i < 20; i++)
            Assert.Null(Try($"user-{i}", $"2001:db8::{i:x}"));
        Assert.NotNull(Try("another", "2001:db8::ffff:1"));
        Assert.Null(Try("another", "2001:db8:0:1::1"));
    }

    [Fact]
    public void The_right_password_forgets_the_account_s_count_and_makes_no_room_at_the_address()
    {
        for (var i = 0; i < 4; i++)
            Assert.Null(Try());
        Assert.Null(Try());
        _limits.Succeed(AtHome("ann"));
        for (var i = 0; i < 5; i++)
            Assert.Null(Try());
        Assert.NotNull(Try());

        // Nine wrong so far from here: somebody's own account, right again and again, does not undo them.
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(Try($"user-{i}"));
            Assert.Null(Try("mine"));
            _limits.Succeed(AtHome("mine"));
        }
        Assert.Null(Try("the-twentieth"));
        Assert.NotNull(Try("one-more"));
    }

    [Fact]
    public void An_account_is_the_same_under_another_name()
    {
        var uid = Guid.CreateVersion7();
        for (var i = 0; i < 5; i++)
            Assert.Null(_limits.TryBegin(Guess.Login(AccountOf(uid, "ann"), "ann", IPAddress.Parse($"198.51.100.{i}"), null)));
        Assert.NotNull(_limits.TryBegin(Guess.Login(AccountOf(uid, "anna"), "anna", Here, null)));
        // Nor does it leave its count to whoever takes the name next.
        Assert.Null(_limits.TryBegin(Guess.Login(AccountOf(Guid.CreateVersion7(), "ann"), "ann", Here, null)));
    }

    [Fact]
    public void Recovery_is_counted_apart_from_passwords_and_apart_for_each_address()
    {
        for (var i = 0; i < 6; i++)
            Try();
        Guess Recovery(string address, string nick = "ann") => Guess.Recovery(null, nick, IPAddress.Parse(address));
        for (var i = 0; i < 5; i++)
            Assert.Null(_limits.TryBegin(Recovery("198.51.100.1")));
        Assert.NotNull(_limits.TryBegin(Recovery("198.51.100.1")));
        Assert.Null(_limits.TryBegin(Recovery("198.51.100.2")));
        for (var i = 0; i < 15; i++)
            Assert.Null(_limits.TryBegin(Recovery("198.51.100.1", $"user-{i}")));
        Assert.NotNull(_limits.TryBegin(Recovery("198.51.100.1", "another")));
    }

    [Fact]
    public void Where_nobody_looked_it_is_as_if_it_had_not_been_tried()
    {
        for (var i = 0; i < 5; i++)
            Assert.Null(Try());
        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 3; i++)
        {
            // However often: no wait begins anew, and none grows.
            Assert.Null(Try());
            _limits.Undo(AtHome("ann"));
        }
        Assert.Null(Try());
        Assert.Equal(TimeSpan.FromSeconds(2), Try());
        for (var i = 0; i < 14; i++)
            Assert.Null(Try($"user-{i}"));
        Assert.NotNull(Try("the-address-has-had-its-twenty"));
        Assert.Null(Try("first", "192.0.2.3"));
        _limits.Undo(Guess.Login(null, "first", IPAddress.Parse("192.0.2.3"), null));
        Assert.Equal(16, _limits.Count);
    }

    [Fact]
    public void Attempts_that_are_under_way_count_as_wrong_until_they_were_right()
    {
        var begun = Enumerable.Range(0, 50).Count(_ => Try() is null);
        Assert.Equal(5, begun);
    }

    [Fact]
    public void After_an_hour_without_a_wrong_one_all_is_forgotten()
    {
        for (var i = 0; i < 5; i++)
            Try();
        _clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.Null(Try());
        Assert.NotNull(Try());
        _clock.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 5; i++)
            Assert.Null(Try());
    }

    [Fact]
    public void What_is_remembered_is_bounded_and_the_oldest_is_forgotten_first()
    {
        for (var i = 0; i < 6; i++)
            Try("victim");
        Assert.NotNull(Try("victim"));
        for (var i = 0; i < GuessLimits.Max / 2; i++)
            Assert.Null(Try($"user-{i}", $"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}"));
        Assert.Equal(GuessLimits.Max, _limits.Count);
        Assert.Null(Try("victim", "192.0.2.7"));
    }

    [Fact]
    public void Forty_accounts_are_made_from_one_address_and_then_it_waits()
    {
        for (var i = 0; i < 40; i++)
            Assert.Null(_limits.TrySignUp(Here));
        Assert.Equal(TimeSpan.FromSeconds(1), _limits.TrySignUp(Here));
        Assert.Null(_limits.TrySignUp(IPAddress.Parse("192.0.2.2")));
    }
}
