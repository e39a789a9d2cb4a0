using Minato.Core.Commands;

namespace Minato.Core.Tests.Commands;

public sealed class RefusalTextTests
{
    [Fact]
    public void Every_refusal_is_a_sentence() =>
        Assert.All(Enum.GetValues<Refusal>(), refusal => Assert.Matches("^[A-Z].*\\.$", refusal.Sentence()));

    [Fact]
    public void Who_was_wrong_too_often_is_told_that_and_not_that_something_was_not_saved() =>
        Assert.Equal("Too many were wrong. Try again in 2 s.", new Refused(Refusal.RateLimited, TimeSpan.FromMilliseconds(1_001)) { IsOfGuesses = true }.Sentence());
}
