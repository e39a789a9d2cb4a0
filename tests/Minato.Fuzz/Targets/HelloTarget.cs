using System.Buffers;
using Minato.Fuzz.Making;
using Minato.Fuzz.Models;
using Minato.Wire.Detection;
using Minato.Wire.Tests;

namespace Minato.Fuzz.Targets;

/// <summary>The first message of TLS: what is said of it once it is whole is final and depends on no cut.</summary>
internal sealed class HelloTarget : Target
{
    public override string Name => "hello";

    public override int Longest => 17_000;

    public override IReadOnlyList<byte[]> Words { get; } = [.. Utf8("irc", "h2", "http/1.1"), [0, 16, 0, 6, 0, 4, 3, (byte)'i', (byte)'r', (byte)'c'], [0, 0], [0xFF, 0xFF]];

    public override byte[] Make(Source source)
    {
        byte[] names = [.. Enumerable.Range(0, source.Below(4)).SelectMany(_ => Prefixed(1, source.Pick(Words)))];
        byte[] extensions =
        [
            .. Enumerable.Range(0, source.Below(4)).SelectMany(_ => (byte[])[0, (byte)source.Below(20), .. Prefixed(2, source.Bytes(source.Length(300)))]),
            .. source.OneIn(3) ? [] : (byte[])[0, 16, .. Prefixed(2, Prefixed(2, names))],
        ];
        byte[] hello = [1, 0, 0, 9, 3, 3, .. source.Bytes(32), .. Prefixed(1, source.Bytes(source.Below(33))), .. Prefixed(2, source.Bytes(source.Length(200))), 1, 0, .. Prefixed(2, extensions)];
        return [22, 3, 1, .. Prefixed(2, hello), .. source.Bytes(source.Below(9))];
    }

    public override string Check(byte[] input, Source cuts)
    {
        var whole = ClientHelloReader.Read(new ReadOnlySequence<byte>(input));
        Same(HelloModel.Judge(input), whole, "the model");
        Same(whole, ClientHelloReader.Read(Bytes.InSegments([.. cuts.Cuts(input)])), "in segments");
        foreach (var length in Enumerable.Range(0, Math.Min(input.Length, 100)).Append(input.Length - 1).Where(n => n >= 0))
        {
            var early = ClientHelloReader.Read(new ReadOnlySequence<byte>(input, 0, length));
            Must(early == ClientHello.Incomplete || early == whole, $"{early} after {length} bytes became {whole}.");
        }
        return $"{whole} {Size(input.Length)}";
    }

    private static byte[] Prefixed(int lengthBytes, byte[] bytes) => lengthBytes == 1 ? [(byte)bytes.Length, .. bytes] : [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
}
