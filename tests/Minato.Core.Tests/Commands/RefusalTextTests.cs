using Minato.Core.Commands;

namespace Minato.Core.Tests.Commands;

public sealed class RefusalTextTests
{
    [Fact]
    public void Every_refusal_is_a_sentence() =>
        Assert.All(Enum.GetValues<Refusal>(), refusal => Assert.Matches("^[A-Z].*\\.$", refusal.Sentence()));
}
