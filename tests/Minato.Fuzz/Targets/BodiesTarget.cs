using System.Text;
using Minato.Core.Messages;
using Minato.Core.Users;
using Minato.Fuzz.Making;

namespace Minato.Fuzz.Targets;

/// <summary>What somebody wrote: judged as a string would be judged, and whom it names.</summary>
internal sealed class BodiesTarget : Target
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static readonly Dictionary<string, UserId> People = new[] { "bob", "bobby", "ボブ", "太郎", "a.b" }.Select((n, i) => (Nick.Key(n), new UserId(i + 1))).ToDictionary();

    public override string Name => "bodies";

    public override int Longest => 33_000;

    public override IReadOnlyList<byte[]> Words { get; } = Utf8("@", "@bob", "@bobby", "@ボブさん", "@ＢＯＢ", "@everyone", "\r\n", "\r", "\n", "\t", "\u0085", "\u009F", "\u00A0", "\u3000", "\u007F", "\0", "é");

    public override byte[] Make(Source source) => source.OneIn(30)
        ? [.. Encoding.UTF8.GetBytes(source.Text(20)), .. Enumerable.Repeat((byte)source.Pick('x', ' ', '@', '\r', '\n'), source.Length(17_000, MessageBody.MaxBytes))]
        : Encoding.UTF8.GetBytes(source.Text(60));

    public override string Check(byte[] input, Source cuts)
    {
        var error = MessageBody.TryCreate(input.ToArray(), out var body);
        Same(Judge(input, out var text), error, "the model");
        if (error != BodyError.None)
            return $"{error} {Size(input.Length)}";

        Same(text, body.ToString(), "the text");
        Same(BodyError.None, MessageBody.TryCreate(body.Utf8, out var again), "taken again");
        Must(body == again, "Taken again it is another.");
        var lookups = 0;
        var mentions = Mentions.Find(body, key =>
        {
            Must(++lookups <= 500, "Too many names were looked up.");
            return People.TryGetValue(key, out var user) ? user : null;
        });
        Must(mentions.Users.Count <= Mentions.MaxUsers && mentions.Users.Distinct().Count() == mentions.Users.Count, "Named twice, or too many.");
        Must(mentions.Users.Count == 0 && !mentions.Everyone || text.Contains('@'), "Named without an @.");
        foreach (var named in People.Where(p => mentions.Users.Contains(p.Value)))
            Must(Nick.Key(text).Contains(named.Key, StringComparison.Ordinal) || text.Length > 1_000, $"{named.Key} is not in it.");
        if (text.Length < 1_000)
            foreach (var (key, user) in People)
                Must(!text.StartsWith($"@{key} ", StringComparison.Ordinal) || mentions.Users.Contains(user), $"{key} was not named.");
        return $"{mentions.Users.Count} {mentions.Everyone} {Math.Min(lookups, 20)} {text.Contains('\n')}";
    }

    private static BodyError Judge(byte[] input, out string text)
    {
        text = "";
        if (input.Length > 16_384)
            return BodyError.TooLarge;
        try
        {
            text = Strict.GetString(input).Replace("\r\n", "\n");
        }
        catch (DecoderFallbackException)
        {
            return BodyError.Malformed;
        }
        return text.All(c => c is '\n' or '\t' || !char.IsControl(c)) && text.EnumerateRunes().Any(r => !Rune.IsWhiteSpace(r)) ? BodyError.None : BodyError.Malformed;
    }
}
