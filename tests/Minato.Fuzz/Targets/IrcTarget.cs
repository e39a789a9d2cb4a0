using System.Buffers;
using System.Text;
using Minato.Fuzz.Making;
using Minato.Fuzz.Models;
using Minato.Wire.Irc;
using Minato.Wire.Tests;

namespace Minato.Fuzz.Targets;

/// <summary>What IRC clients send: the same messages for any cut and as the model has them; and what they say, made a body and split again.</summary>
internal sealed class IrcTarget : Target
{
    public override string Name => "irc";

    public override int Longest => 40_000;

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        [13, 10], [10], [13], [0], [0xFF], [0xC2], [1], [2], [3],
        .. Utf8("@", ":", " ", ";", "=", "\\", "@a=b;+c=d ", ":src!u@h ", "PRIVMSG #a :", "\u0001ACTION ", "\u000304,12", "\u0004ff00aa", "港", "👩‍👩‍👧‍👧", "e\u0301", "JOIN #a,#b k"),
    ];

    public override byte[] Make(Source source)
    {
        var bytes = new List<byte>();
        for (var count = source.Length(40); count >= 0; count--)
            bytes.AddRange(source.Below(7) switch
            {
                0 or 1 => source.Pick(Words),
                2 => source.Bytes(source.Length(20)),
                3 when source.OneIn(20) => [.. Enumerable.Repeat((byte)'x', source.Length(17_000, IrcLimits.Endless, IrcLimits.ClientTags, IrcLimits.Line))],
                4 => [(byte)'\r', (byte)'\n'],
                _ => Bytes.Utf8(source.Text(10)),
            });
        return [.. bytes];
    }

    public override string Check(byte[] input, Source cuts)
    {
        var whole = Read([input]);
        SameList(whole, Read(cuts.Cuts(input)), "cut");
        if (input.Length <= 2_000)
            SameList(whole, Read(input.Select(b => new[] { b })), "byte by byte");
        SameList(IrcModel.Read(input), whole, "the model");
        return string.Join(',', whole.Take(6).Select(m => $"{m[0]}{Size(m.Length)}"));
    }

    private static List<string> Read(IEnumerable<byte[]> arrivals)
    {
        var reader = new IrcReader();
        var messages = new List<string>();
        foreach (var arrival in arrivals)
        {
            var input = new ReadOnlySequence<byte>(arrival);
            while (reader.TryRead(ref input, out var line))
                messages.Add(Shown(line));
            Must(input.IsEmpty, "Input was left.");
        }
        return messages;
    }

    private static string Shown(IrcLine line)
    {
        if (line is not { Kind: IrcLineKind.Message, Message: { } message })
            return line.Kind.ToString();
        foreach (var (name, value) in message.Tags.ClientOnly)
            Same(value, IrcTags.Unescape(IrcTags.Escape(value)), $"the tag {name}, there and back");
        foreach (var parameter in message.Parameters)
            Split(IrcText.ToBody(parameter).ToArray());
        return string.Join('\u0001', message.Parameters.Select(p => Encoding.UTF8.GetString(p.Span)).Prepend(message.Command));
    }

    private static void Split(byte[] body)
    {
        Must(System.Text.Unicode.Utf8.IsValid(body), "A body is not UTF-8.");
        var joined = new List<byte>();
        for (var rest = body; rest.Length > 0;)
        {
            var length = IrcText.LengthOfPiece(rest, 40);
            Must(length is > 0 and <= 40 && System.Text.Unicode.Utf8.IsValid(rest.AsSpan(0, length)), "A piece does not fit, or is cut in a character.");
            joined.AddRange(rest[..length]);
            rest = rest[length..];
        }
        Must(joined.SequenceEqual(body), "The pieces are not the whole.");
    }
}
