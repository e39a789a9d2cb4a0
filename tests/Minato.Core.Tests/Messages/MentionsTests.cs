using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Minato.Core.Messages;
using Minato.Core.Users;

namespace Minato.Core.Tests.Messages;

public sealed class MentionsTests
{
    /// <summary>Shared with the page, which counts what names its reader by the same rule.</summary>
    private static readonly JsonObject Corpus = JsonNode.Parse(File.ReadAllText(PathOf("../../corpus/mentions.json")))!.AsObject();

    private static readonly Dictionary<string, (string Nick, UserId Id)> Known = Corpus["known"]!.AsArray()
        .Select((nick, i) => (Key: Nick.Key((string)nick!), Nick: (string)nick!, Id: new UserId(i))).ToDictionary(n => n.Key, n => (n.Nick, n.Id));

    public static TheoryData<string, string> Cases => [.. Corpus["cases"]!.AsArray().Select(c => ((string)c![0]!, (string)c[1]!))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Known_users_are_named_each_once_and_by_the_longest_name_and_everyone_is_a_word_of_its_own(string text, string expected)
    {
        var found = Find(text);
        Assert.Equal(expected, string.Join(' ', found.Users.Select(NickOf).Concat(found.Everyone ? ["*"] : [])));
    }

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
        Mentions.Find(MessageBody.FromStore(Encoding.UTF8.GetBytes(text)), key => Known.TryGetValue(key, out var user) ? user.Id : null);

    private static string NickOf(UserId id) => Known.Values.Single(n => n.Id == id).Nick;

    private static string PathOf(string file, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, file);
}
