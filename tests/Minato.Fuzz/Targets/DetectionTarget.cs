using System.Buffers;
using Minato.Fuzz.Making;
using Minato.Fuzz.Models;
using Minato.Wire.Detection;
using Minato.Wire.Tests;

namespace Minato.Fuzz.Targets;

/// <summary>
/// The first bytes of a connection: a verdict is final, depends on no cut, and comes at the latest with the end or after 8 KiB. Whatever
/// is to be taken off before (the PROXY header of a trusted proxy) has its place at the beginning of <see cref="Check"/>.
/// </summary>
internal sealed class DetectionTarget : Target
{
    private static readonly string[] Lines =
    [
        "GET / HTTP/1.1", "GET /ws HTTP/1.1", "POST /a HTTP/1.0", "PRI * HTTP/2.0", "GET /", "GET  HTTP/1.1", "HELLO all", "GET / HTTP/x", "M-SEARCH * HTTP/1.1",
        "CAP LS 302", "CAP REQ :a b", "CAP END", "NICK alice", "nick of time is now", "USER a 0 * :A B", "USER a b c d", "user testing went well today", "PASS secret", "PASS me the salt",
        "AUTHENTICATE PLAIN", "@a=b NICK x", "@alice pass salt", ":src NICK x", ":) nick", "hello", "/nick bob", "港", "\u0016\u0003\u0001", "\u0016\u0004", "PROXY TCP4 1.1.1.1 2.2.2.2 1 2",
    ];

    public override string Name => "detection";

    public override int Longest => 9_000;

    public override IReadOnlyList<byte[]> Words { get; } = Utf8([.. Lines, "\r\n", "\n", "HTTP/1.1", "@a=b ", ":a!b@c ", " :", "*", "ÿ"]);

    public override byte[] Make(Source source) => Bytes.Utf8(
        source.Pick(Lines) + (source.OneIn(4) ? new string(source.Pick('a', 'A', ' ', ':'), source.Length(8_500, Detector.MaxFirstLine)) : "") + source.Pick("", "\n", "\r\n", "\r\nmore\r\n"));

    public override string Check(byte[] input, Source cuts)
    {
        var whole = new ReadOnlySequence<byte>(input);
        var (open, ended) = (Detector.Detect(whole, isEnd: false), Detector.Detect(whole, isEnd: true));
        Must(ended != Protocol.Undecided, "Undecided at the end.");
        Must(open == Protocol.Undecided || open == ended, $"The end changed {open} to {ended}.");
        // Nothing but an Enter may still become a proxy's header.
        Must(open != Protocol.Undecided || Detector.IsBlank(whole) || (input.Length < Detector.MaxFirstLine && !input.Contains((byte)'\n')), "Undecided after a whole line, or 8 KiB.");
        // A stranger's word about whose connection it is: nothing that may be said, whatever else it looks like.
        if (input.AsSpan().StartsWith("PROXY TCP"u8) || input.AsSpan().StartsWith("PROXY UNKNOWN"u8))
            Must(ended is Protocol.Refused or Protocol.Lines or Protocol.Http, "A proxy's header is something else.");
        else if (HttpLineModel.IsWhole(input) is { } isWhole)
            Same(!isWhole ? Protocol.Refused : input.AsSpan().StartsWith("PRI * HTTP/2"u8) ? Protocol.Http2 : Protocol.Http, ended, "a request, at the end");
        else
            Must(ended is not (Protocol.Http or Protocol.Http2), "This is no request.");

        ReadOnlyMemory<byte>[] pieces = [.. cuts.Cuts(input)];
        Same(open, Detector.Detect(Bytes.InSegments(pieces), isEnd: false), "in segments");
        Same(ended, Detector.Detect(Bytes.InSegments(pieces), isEnd: true), "in segments, at the end");
        var seen = 0;
        foreach (var piece in input.Length <= 300 ? input.Select(_ => 1) : pieces.Select(p => p.Length))
        {
            var early = Detector.Detect(new ReadOnlySequence<byte>(input, 0, seen += piece), isEnd: false);
            Must(early is Protocol.Undecided || early == open, $"{early} after {seen} bytes became {open}.");
        }

        var line = input.AsSpan(0, input.AsSpan().IndexOf((byte)'\n') is var end and >= 0 ? end : input.Length);
        return $"{open} {ended} {Detector.IsProtocolLine(line)} {Size(input.Length)} {(input.Length > 0 ? input[0] / 32 : 9)}";
    }
}
