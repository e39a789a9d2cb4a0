using Minato.Core.Reports;

namespace Minato.Core.Tests.Reports;

public sealed class ReportReasonTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  spam \r\nagain\t! ", "spam \nagain\t!")]
    [InlineData("宣伝", "宣伝")]
    public void A_reason_is_words_of_some_lines_or_none(string given, string kept) => Assert.Equal(kept, ReportReason.Normalize(given));

    [Theory]
    [InlineData("a\u0007b")]
    [InlineData("a\u009bb")]
    [InlineData("a\ud800b")]
    public void Nothing_in_it_moves_a_terminal(string given) => Assert.Null(ReportReason.Normalize(given));

    [Fact]
    public void It_has_a_thousand_bytes_and_not_one_more()
    {
        Assert.Equal(1_000, ReportReason.Normalize(new string('x', 1_000))!.Length);
        Assert.Null(ReportReason.Normalize(new string('x', 1_001)));
        Assert.Null(ReportReason.Normalize(new string('あ', 334)));
        Assert.NotNull(ReportReason.Normalize(new string('あ', 333)));
        Assert.Null(ReportReason.Normalize(new string(' ', 3_000)));
    }
}
