using System.Buffers;
using Minato.Fuzz.Making;
using Minato.Fuzz.Models;
using Minato.Wire.Tests;
using Minato.Wire.Tests.WebSocket.Conformance;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Fuzz.Targets;

/// <summary>A client's frames: the same messages for any cut, and those of a plain model.</summary>
internal sealed class FramingTarget : Target
{
    /// <summary>Small, so that every input may go over it.</summary>
    private const int Limit = 700;

    public override string Name => "framing";

    public override int Longest => 4_000;

    public override IEnumerable<byte[]> Known => Cases.All.Select(c => c.Wire).Where(w => w.Length <= Longest);

    public override byte[] Make(Source source) => FrameMaker.Stream(source, Limit);

    public override string Check(byte[] input, Source cuts)
    {
        var whole = Read([new(input)]);
        SameList(FramingModel.Read(input, Limit), whole, "the model");
        SameList(whole, Read([.. cuts.Cuts(input).Select(c => new ReadOnlySequence<byte>(c))]), "cut");
        SameList(whole, Read([Bytes.InSegments([.. cuts.Cuts(input).Select(c => (ReadOnlyMemory<byte>)c)])]), "in segments");
        return string.Join(',', whole.Take(5).Select(m => m.Split(':')[0] + Size(m.Length)));
    }

    private static List<string> Read(IEnumerable<ReadOnlySequence<byte>> arrivals)
    {
        using var reader = new FrameReader(Limit);
        var messages = new List<string>();
        byte[] left = [];
        foreach (var arrival in arrivals)
        {
            var input = left.Length == 0 ? arrival : new([.. left, .. arrival.ToArray()]);
            while (reader.TryRead(ref input, out var message))
                messages.Add(Case.Shown(message));
            Must(input.Length < 14, "More than the beginning of a header was left.");
            left = input.ToArray();
        }
        return messages;
    }
}
