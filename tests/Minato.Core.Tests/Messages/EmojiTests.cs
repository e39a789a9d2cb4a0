using Minato.Core.Messages;

namespace Minato.Core.Tests.Messages;

public sealed class EmojiTests
{
    [Theory]
    [InlineData("👍")]
    [InlineData("👍🏽")]
    [InlineData("❤️")]
    [InlineData("👨‍👩‍👧‍👦")]
    [InlineData("🏴󠁧󠁢󠁳󠁣󠁴󠁿")]
    [InlineData("+1")]
    [InlineData("了解")]
    [InlineData("abcdefghijklmnopqrstuvwxyz012345")]
    public void An_emoji_or_a_short_word_is_a_reaction(string text) => Assert.True(Emoji.IsValid(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("\u200D")]
    [InlineData("\u202Ea")]
    [InlineData("\uD83D")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456")]
    [InlineData("港港港港港港港港港港港")]
    public void Anything_else_is_not(string text) => Assert.False(Emoji.IsValid(text));
}
