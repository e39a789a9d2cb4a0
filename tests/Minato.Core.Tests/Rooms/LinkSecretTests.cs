using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Tests.Rooms;

public sealed class LinkSecretTests
{
    [Fact]
    public void A_secret_is_read_back_alone_and_at_the_end_of_what_is_passed_on()
    {
        var secret = LinkSecret.New();
        Assert.Equal(43, secret.Text.Length);
        Assert.True(LinkSecret.TryParse(secret.Text, out var again));
        Assert.Equal((secret.Text, Convert.ToHexString(secret.Hash)), (again.Text, Convert.ToHexString(again.Hash)));
        foreach (var text in new[] { $"https://chat.example:8443/#join={secret.Text}", $"join={secret.Text}", $"http://[::1]/?x=join=1#join={secret.Text}  " })
        {
            Assert.True(LinkSecret.TryFind(text, out var found), text);
            Assert.Equal(secret.Text, found.Text);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港")]
    public void What_is_none_is_none(string text)
    {
        Assert.False(LinkSecret.TryParse(text, out _));
        Assert.False(LinkSecret.TryFind($"join={text}", out _));
    }

    [Fact]
    public void Two_are_never_the_same_and_none_stands_in_what_is_logged()
    {
        var (one, other) = (LinkSecret.New(), LinkSecret.New());
        Assert.NotEqual(one.Text, other.Text);
        var alice = new User(new UserId(1), Guid.NewGuid(), UserKind.Guest, "alice");
        Assert.DoesNotContain(one.Text, $"{one} {new JoinByLink(alice, null, one)} {new MakeLink(alice, null, new RoomId(1), one)}");
    }

    [Theory]
    [InlineData(1_000, 1_000, 30_000)]
    [InlineData(1_000, 30_999, 1)]
    [InlineData(1_000, 31_000, null)]
    [InlineData(1_000, 999, null)]
    public void Slow_mode_waits_to_the_millisecond_and_not_for_a_clock_that_went_back(long last, long now, int? wait) =>
        Assert.Equal(wait is { } ms ? TimeSpan.FromMilliseconds(ms) : null, SlowMode.Wait(last, now, seconds: 30));
}
