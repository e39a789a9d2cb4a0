using System.Diagnostics;
using System.Globalization;
using System.Text;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Fuzz;

/// <summary>What the worst messages of 64 KiB cost to read, beside a usual one of that size; by hand, on a quiet machine.</summary>
internal static class Costs
{
    private const int Size = 64 * 1024;
    private const int Rounds = 500;

    /// <summary>The first is the largest that a client sends in earnest: it comes back, and holds a thousand rooms.</summary>
    private static readonly (string Name, byte[] Message)[] Messages =
    [
        ("1,000 rooms to resume", Encoding.UTF8.GetBytes("""{"op":"hello","ver":1,"resume":{"rooms":{""" + string.Join(',', Enumerable.Range(0, 1_000).Select(i => $"\"{new Guid(i, 0, 0, new byte[8])}\":{1_000_000 + i,20}")) + "}}}")),
        ("a query", Padded("""{"op":"search","rid":"r","query":"x""", "word ", "\"}")),
        ("a body, nothing escaped", Padded("""{"op":"send","cid":"c","room":"#a","body":"x""", "word ", "\"}")),
        ("a body, every character escaped", Padded("""{"op":"send","cid":"c","room":"#a","body":"x""", "\\u0041", "\"}")),
        ("arrays in arrays", Padded("", "[", "")),
        ("arrays in a field", Padded("""{"op":"ping","x":""", "[", "")),
        ("objects in a field", Padded("""{"op":"ping","x":""", "{\"a\":", "")),
        ("a flat array", Padded("""{"op":"ping","x":[0""", ",0", "]}")),
        ("unknown fields", Padded("""{"op":"ping","x":1""", ",\"abcd\":1", "}")),
        ("unknown fields, names escaped", Padded("""{"op":"ping","x":1""", ",\"\\u0061\":1", "}")),
        ("unknown fields, then an error", Padded("""{"op":"ping","x":1""", ",\"a\":1", ",\"seq\":-1}")),
        ("one number", Padded("""{"op":"read","room":"#a","seq":""", "1", "}")),
        ("wants", Padded("""{"op":"hello","ver":1,"want":["x""" + "\"", ",\"typing\"", "]}")),
        ("white space", Padded("{", " ", "}")),
        ("rubbish", Padded("", "x", "")),
    ];

    public static int Print()
    {
        // Once for the compiler, which looks at what is hot while it runs.
        foreach (var (_, message) in Messages)
            Measure(message);
        var usual = Measure(Messages[0].Message).Time;
        Console.WriteLine("| 64 KiB | µs | times | KiB allocated |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var (name, message) in Messages)
        {
            var (time, bytes) = Measure(message);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {time:N0} | {time / usual:N1} | {bytes / 1024.0:N0} |"));
        }
        return 0;
    }

    private static byte[] Padded(string begin, string part, string end) => Encoding.UTF8.GetBytes(
        begin + string.Concat(Enumerable.Repeat(part, (Size - begin.Length - end.Length) / part.Length)) + end);

    private static (double Time, long Bytes) Measure(byte[] message)
    {
        for (var i = 0; i < Rounds; i++)
            ClientFrameReader.Read(message, out _);
        var (best, before) = (double.MaxValue, GC.GetAllocatedBytesForCurrentThread());
        for (var i = 0; i < Rounds; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            ClientFrameReader.Read(message, out _);
            best = Math.Min(best, Stopwatch.GetElapsedTime(begin).TotalMicroseconds);
        }
        return (best, (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds);
    }
}
