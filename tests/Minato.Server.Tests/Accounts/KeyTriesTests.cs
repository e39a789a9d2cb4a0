using System.Net;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Accounts;

namespace Minato.Server.Tests.Accounts;

public sealed class KeyTriesTests
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");

    private readonly KeyTries _tries = new(new GuessLimits(new MinatoOptions(), TimeProvider.System, new Pseudonyms([])));

    [Fact]
    public void Twenty_wrong_keys_of_an_address_are_enough_whoever_tries_them()
    {
        for (var i = 0; i < GuessLimits.FreeOfAddress; i++)
            Assert.Null(Try(Here, user: i, new Refused(Refusal.WrongKey)));
        Assert.True(Try(Here, user: 99, new Refused(Refusal.WrongKey)) is { Reason: Refusal.RateLimited, IsOfGuesses: true });
        Assert.Null(Try(IPAddress.Parse("192.0.2.2"), user: 99, new Refused(Refusal.WrongKey)));
        Assert.Null(_tries.Begin(new Join(UserOf(1), null, new RoomId(1)), Here));
    }

    [Fact]
    public void A_class_that_has_the_key_comes_in_by_one_address()
    {
        for (var i = 0; i < GuessLimits.FreeOfAddress * 3; i++)
            Assert.Null(Try(Here, user: i, i % 2 == 0 ? new Refused(Refusal.Busy) : new Logged(NoRoom, 1, 1, null)));
    }

    private static readonly Room NoRoom = new(new RoomId(1), default, RoomKind.Public, "a", "", "", Archived: false);

    private Refused? Try(IPAddress address, int user, Outcome outcome)
    {
        var join = new Join(UserOf(user), null, new RoomId(1)) { Key = RoomKey.TryParse("beer") };
        if (_tries.Begin(join, address) is { } refused)
            return refused;
        _tries.End(join, address, outcome);
        return null;
    }

    private static User UserOf(int id) => new(new UserId(id), default, UserKind.Visitor, "guest");
}
