using System.Text;
using Minato.Core.Messages;
using Minato.Core.Users;

namespace Minato.Core.Tests.Messages;

public sealed class MentionsTests
{
    private static readonly Dictionary<string, UserId> Known = new[] { "alice", "bob", "bobさん", "ボブ", "港", "a.b" }
        .Select((nick, i) => (Nick.Key(nick), new UserId(i))).ToDictionary();

    [Theory]
    [InlineData("hello", "")]
    [InlineData("@alice", "0")]
    [InlineData("@ALICE, @ｂｏｂ!", "0 1")]
    [InlineData("@bob.", "1")]
    [InlineData("@bobさんへ", "2")]
    [InlineData("@ボブさん、@港へ", "3 4")]
    [InlineData("@bobby @bob2", "")]
    [InlineData("@bob\u0301 @bob\u0301さん", "")]
    [InlineData("@bob\uFE0F", "1")]
    [InlineData("@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\U0001F1EF\U0001F1F5", "")]
    [InlineData("mail@bob", "")]
    [InlineData("@@bob (@alice)", "1 0")]
    [InlineData("@alice @Alice @alice", "0")]
    [InlineData("@a.b.", "5")]
    [InlineData("@nobody @", "")]
    public void Known_users_are_named_each_once_and_by_the_longest_name(string text, string users) =>
        Assert.Equal(users, string.Join(' ', Find(text).Users.Select(u => u.Value)));

    [Theory]
    [InlineData("@everyone", true)]
    [InlineData("@Everyone!", true)]
    [InlineData("@everyone2", false)]
    [InlineData("everyone", false)]
    public void Everyone_is_a_word_of_its_own(string text, bool expected) => Assert.Equal(expected, Find(text).Everyone);

    [Fact]
    public void Whatever_is_written_the_look_ups_are_bounded()
    {
        var lookups = 0;
        var body = string.Concat(Enumerable.Repeat("@" + new string('港', 20), 260));
        Mentions.Find(MessageBody.FromStore(Encoding.UTF8.GetBytes(body)), _ =>
        {
            lookups++;
            return null;
        });
        Assert.InRange(lookups, 1, 500);
    }

    [Fact]
    public void At_most_fifty_are_named()
    {
        var text = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"@u{i}"));
        var named = Mentions.Find(MessageBody.FromStore(Encoding.UTF8.GetBytes(text)), key => new UserId(key.GetHashCode(StringComparison.Ordinal)));
        Assert.Equal(50, named.Users.Count);
    }

    private static Mentions Find(string text) =>
        Mentions.Find(MessageBody.FromStore(Encoding.UTF8.GetBytes(text)), key => Known.TryGetValue(key, out var user) ? user : null);
}
