using System.Buffers;
using System.Text;
using Minato.Fuzz.Making;
using Minato.Fuzz.Models;
using Minato.Wire.Lines;
using Minato.Wire.Tests;

namespace Minato.Fuzz.Targets;

/// <summary>What people at terminals send: the same lines for any cut and as the model has them, safe on every other terminal, and bounded.</summary>
internal sealed class LinesTarget : Target
{
    public override string Name => "lines";

    public override int Longest => 40_000;

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        [255, 253, 6], [255, 251, 1], [255, 244], [255, 250, 24, 0], [255, 240], [255, 255], [255, 241], [255], [13, 0], [13, 10], [10], [13], [8], [127], [0xC2, 0x9B], [0xE2, 0x80, 0xAE], [0xC2],
        .. Utf8("\u001B[31m", "\u001B]0;title\u0007", "\u001B]52;c;", "\u001B\\", "\u001BO", "\u001B(B", "\u001BP", "\t", "港", "👍", "/nick bob"),
    ];

    public override byte[] Make(Source source)
    {
        var bytes = new List<byte>();
        for (var count = source.Length(40); count >= 0; count--)
            bytes.AddRange(source.Below(6) switch
            {
                0 => source.Pick(Words),
                1 => source.Bytes(source.Length(20)),
                2 when source.OneIn(30) => [.. Enumerable.Repeat(source.Pick((byte)'x', (byte)0xFF, (byte)0x80, (byte)8), source.Length(33_000, LineReader.MaxLine, LineReader.MaxLine / 3))],
                3 => [(byte)'\r', (byte)'\n'],
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
        SameList(LinesModel.Read(input), whole, "the model");
        return string.Join(',', whole.Take(6).Select(l => $"{l[0]}{Size(l.Length)}"));
    }

    private static List<string> Read(IEnumerable<byte[]> arrivals)
    {
        var reader = new LineReader();
        var lines = new List<string>();
        foreach (var arrival in arrivals)
        {
            var input = new ReadOnlySequence<byte>(arrival);
            while (reader.TryRead(ref input, out var line))
                lines.Add(Shown(line));
            Must(input.IsEmpty, "Input was left.");
        }
        if (reader.TryReadLast(out var last))
            lines.Add(Shown(last));
        return lines;
    }

    private static string Shown(Line line)
    {
        var text = line.Text.Span;
        Must(line.Kind == LineKind.Text || text.IsEmpty, "A line without text has some.");
        Must(text.Length <= LineReader.MaxLine, "A line is too long.");
        Must(System.Text.Unicode.Utf8.IsValid(text), "A line is not UTF-8.");
        foreach (var rune in Encoding.UTF8.GetString(text).EnumerateRunes())
            Must(rune.Value == '\t' || !(Rune.IsControl(rune) || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)), $"U+{rune.Value:X4} came through.");
        Must(LineText.Clean(text).AsSpan().SequenceEqual(text), "Cleaned twice it is another.");
        return $"{line.Kind}:{line}";
    }
}
