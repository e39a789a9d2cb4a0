using System.Buffers;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Wire.Tests.WebSocket.Conformance;

/// <summary>Every case, however the network cuts it.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string> Names => [.. Cases.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_reader_keeps_RFC_6455(string name)
    {
        var (_, wire, expected) = Cases.Of(name);
        Assert.Equal(expected, Read([new(wire)]));
        Assert.Equal(expected, Read([Bytes.EachAlone(wire)]));
        Assert.Equal(expected, Read([.. wire.Select((_, i) => new ReadOnlySequence<byte>(wire, i, 1))]));
        for (var at = 1; at < Math.Min(wire.Length, 300); at++)
            Assert.Equal(expected, Read([new(wire, 0, at), new(wire, at, wire.Length - at)]));
        var random = new Random(6455);
        for (var round = 0; round < 10; round++)
        {
            var cuts = RandomCuts(random, wire);
            Assert.Equal(expected, Read(cuts));
            Assert.Equal(expected, Read([Bytes.InSegments([.. cuts.Select(c => c.First)])]));
        }
    }

    private static ReadOnlySequence<byte>[] RandomCuts(Random random, byte[] wire)
    {
        var cuts = new List<ReadOnlySequence<byte>>();
        for (var at = 0; at < wire.Length;)
        {
            var length = Math.Min(wire.Length - at, random.Next(1, random.Next(2) == 0 ? 8 : 9_000));
            cuts.Add(new(wire, at, length));
            at += length;
        }

        return [.. cuts];
    }

    // What the reader leaves of one arrival stands before the next, as in a pipe.
    private static List<string> Read(ReadOnlySequence<byte>[] arrivals)
    {
        using var reader = new FrameReader(Cases.Limit);
        var messages = new List<string>();
        byte[] left = [];
        foreach (var arrival in arrivals)
        {
            var input = left.Length == 0 ? arrival : new([.. left, .. arrival.ToArray()]);
            while (reader.TryRead(ref input, out var message))
                messages.Add(Case.Shown(message));
            Assert.True(input.Length < 14, "More than the beginning of a header was left.");
            left = input.ToArray();
        }

        return messages;
    }
}
