using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Tests.Rooms;

public sealed class UserPatternTests
{
    private static readonly User Ann = new(new UserId(7), Guid.Parse("0197a3c0-0000-7000-8000-0000deadbeef"), UserKind.Account, "Änn");

    [Theory]
    [InlineData("ann", "ann!*@*")]
    [InlineData("ann!x", "ann!x@*")]
    [InlineData("x@host", "*!x@host")]
    [InlineData("a*n!~x?@*.Host", "a*n!~x?@*.Host")]
    [InlineData("港*", "港*!*@*")]
    [InlineData("ACCOUNT:ann", "account:ann")]
    public void What_is_left_out_is_anything(string text, string whole) => Assert.Equal(whole, UserPattern.TryParse(text)!.Text);

    [Theory]
    [InlineData("")]
    [InlineData("!x@y")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("a!b!c@d")]
    [InlineData("a!b@")]
    [InlineData("account:")]
    [InlineData("other:ann")]
    [InlineData("a！b")]
    [InlineData("a!港@*")]
    [InlineData("a!b\\@*")]
    public void What_could_be_nobodys_is_none(string text) => Assert.Null(UserPattern.TryParse(text));

    [Fact]
    public void A_long_one_is_none()
    {
        Assert.NotNull(UserPattern.TryParse(new string('a', 196)));
        Assert.Null(UserPattern.TryParse(new string('a', 197)));
        // It may grow by being folded.
        Assert.Null(UserPattern.TryParse(new string('港', 66)));
    }

    /// <summary>What a star costs is paid by everybody: the log has one writer.</summary>
    [Theory]
    [InlineData("***!**@*****", "*!*@*")]
    [InlineData("**a**b*", "*a*b*!*@*")]
    [InlineData("*a*b*c*d*e*", "*a*b*c*d*e*!*@*")]
    [InlineData("*a*b*c*d*e*f*", null)]
    [InlineData("*a*!*b*@*c*d*e*f*", null)]
    [InlineData("account:*a*b*c*d*e*f*g*", "account:*a*b*c*d*e*f*g*")]
    [InlineData("account:*a*b*c*d*e*f*g*h*", null)]
    [InlineData("????????????????????????????????!*@*", "????????????????????????????????!*@*")]
    public void Stars_in_a_row_are_one_and_there_are_eight(string text, string? whole) => Assert.Equal(whole, UserPattern.TryParse(text)?.Text);

    [Theory]
    [InlineData("änn", true)]
    [InlineData("ÄN?!u@*", true)]
    [InlineData("*!*@deadbeef.irc.minato", true)]
    [InlineData("*!*@DEADBEEF.*", true)]
    [InlineData("account:ä*", true)]
    [InlineData("*!~ann@*", false)]
    [InlineData("än", false)]
    [InlineData("*!*@*.example", false)]
    public void Case_and_width_make_no_difference(string text, bool isLike) => Assert.Equal(isLike, UserPattern.TryParse(text)!.Matches(Appearance.Of(Ann, username: null)));

    [Theory]
    [InlineData("r\\s", true)]
    [InlineData("R＼S!*@*", true)]
    [InlineData("r\\*", true)]
    [InlineData("account:?\\?", true)]
    [InlineData("rs", false)]
    [InlineData("r\\\\s", false)]
    public void A_backslash_is_a_sign_like_others(string text, bool isLike) =>
        Assert.Equal(isLike, UserPattern.TryParse(text)!.Matches(Appearance.Of(Ann with { Nick = "r\\s" }, username: null)));

    [Fact]
    public void An_account_is_one_and_a_username_is_what_a_client_says()
    {
        Assert.False(UserPattern.TryParse("account:*")!.Matches(Appearance.Of(Ann with { Kind = UserKind.Guest }, null)));
        Assert.True(UserPattern.TryParse("*!~ann@*")!.Matches(Appearance.Of(Ann, "~Ann")));
        Assert.False(UserPattern.TryParse("*!u@*")!.Matches(Appearance.Of(Ann, "~Ann")));
    }
}
