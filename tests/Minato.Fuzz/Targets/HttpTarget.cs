using System.Buffers;
using System.Net;
using Minato.Fuzz.Making;
using Minato.Fuzz.Models;
using Minato.Wire.Tests;
using Minato.Wire.WebSocket.Handshake;

namespace Minato.Fuzz.Targets;

/// <summary>The head of an upgrade and what is decided about it: the same for any cut, and as the model has it.</summary>
internal sealed class HttpTarget : Target
{
    private static readonly UpgradeRules Rules = new(new HostPolicy([]), [], RefuseForwarded: true);

    private static readonly string[] Lines =
    [
        "Host: localhost:8080", "Host: 127.0.0.1", "host: [::1]:80", "Host: evil.example", "Connection: Upgrade", "connection:keep-alive, UPGRADE", "Connection: close", "Upgrade: websocket",
        "Upgrade: h2c , WebSocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j", "Sec-WebSocket-Protocol: minato.v1",
        "Sec-WebSocket-Protocol: chat, minato.v1", "Sec-WebSocket-Protocol: text.ircv3.net", "Sec-WebSocket-Protocol: , binary.ircv3.net", "Sec-WebSocket-Protocol:\tMinato.v1", "Origin: http://localhost:8080", "Origin: null", "Origin: https://localhost:8080", "Origin: http://127.0.0.1:80", "Via: 1.1 x",
        "X-Forwarded-For: 1.1.1.1", "Content-Length: 0", "TE: trailers", "A: b", "A : b", " folded", "A(: b", ": b", "no colon", "A: é", "A:", "Sec-WebSocket-Extensions: permessage-deflate",
    ];

    public override string Name => "http";

    public override int Longest => 10_000;

    public override IReadOnlyList<byte[]> Words { get; } = Utf8([.. Lines.Select(l => l + "\r\n"), "\r\n", "\n", "\r", "GET /ws", "GET /irc", " HTTP/1.1", "?", ",", ":", "localhost:", "=", "minato.v1"]);

    public override byte[] Make(Source source)
    {
        List<string> lines = [source.OneIn(12) ? source.Pick("GET /ws?a=b HTTP/1.1", "GET /ws HTTP/1.0", "GET /wsx HTTP/1.1", "POST /ws HTTP/1.1", "GET /ws? HTTP/1.1", "GET /irc?a HTTP/1.1", "GET /ircx HTTP/1.1") : source.Pick("GET /ws HTTP/1.1", "GET /irc HTTP/1.1")];
        foreach (var line in new[] { Lines[0], Lines[4], Lines[7], Lines[9], Lines[11], Lines[13] })
            if (!source.OneIn(20))
                lines.Add(line);
        while (source.OneIn(2))
            lines.Insert(1 + source.Below(lines.Count), source.Pick(Lines));
        if (source.OneIn(40))
            lines.AddRange(Enumerable.Repeat("A: b", source.Length(70, 64)));
        if (source.OneIn(40))
            lines.Add("A: " + new string('b', source.Length(9_000, 7_900)));
        return Bytes.Utf8(string.Concat(lines.Select(l => l + (source.OneIn(60) ? "\n" : "\r\n"))) + (source.OneIn(8) ? "" : "\r\n") + (source.OneIn(3) ? "behind" : ""));
    }

    public override string Check(byte[] input, Source cuts)
    {
        var (result, rest, headers) = Read(new(input));
        var (expected, model) = HeadModel.Read(input);
        Same(expected, result, "the model");
        Must(result == RequestHeadResult.Complete || rest == input.Length, "Bytes were taken without a head.");
        ReadOnlyMemory<byte>[] pieces = [.. cuts.Cuts(input)];
        var segmented = Read(Bytes.InSegments(pieces));
        Same((result, rest), (segmented.Result, segmented.Left), "in segments");
        var seen = 0;
        foreach (var piece in pieces.Take(200))
        {
            var early = Read(new ReadOnlySequence<byte>(input, 0, seen += piece.Length)).Result;
            Must(early == RequestHeadResult.Incomplete || early == result, $"{early} after {seen} bytes became {result}.");
        }
        if (result != RequestHeadResult.Complete)
            return $"{result} {Size(input.Length)} {model.Count}";

        SameList(model, headers!.Headers, "headers");
        var decision = UpgradePolicy.Decide(headers.ToUpgradeRequest(isTls: false, IPAddress.Loopback), Rules);
        var status = decision is UpgradeDecision.Refused refused ? refused.Status : 101;
        Same(HeadModel.Judge(model, input.AsSpan().StartsWith("GET /irc"u8)), status, "the policy's model");
        return $"{status} {(decision as UpgradeDecision.Refused)?.Reason.Length} {model.Count / 8} {Size(rest)}";
    }

    private static (RequestHeadResult Result, long Left, RequestHead? Head) Read(ReadOnlySequence<byte> input)
    {
        var result = RequestHead.Read(ref input, out var head);
        return (result, input.Length, head);
    }
}
