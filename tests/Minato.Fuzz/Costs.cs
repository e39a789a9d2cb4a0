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

    public static int Print()
    {
        var usual = Measure(Padded("""{"op":"search","rid":"r","query":""" + "\"", "word ", "\"}"));
        Console.WriteLine("| 64 KiB | µs | times | KiB allocated |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var (name, message) in new[]
        {
            ("text that is a value", Padded("""{"op":"search","rid":"r","query":""" + "\"", "word ", "\"}")),
            ("a body, nothing escaped", Padded("""{"op":"send","cid":"c","room":"#a","body":""" + "\"", "word ", "\"}")),
            ("a body, every character escaped", Padded("""{"op":"send","cid":"c","room":"#a","body":""" + "\"", "\\u0041", "\"}")),
            ("arrays in arrays", Padded("", "[", "")),
            ("arrays in a field", Padded("""{"op":"ping","x":""", "[", "")),
            ("objects in a field", Padded("""{"op":"ping","x":""", "{\"a\":", "")),
            ("a flat array", Padded("""{"op":"ping","x":[0""", ",0", "]}")),
            ("unknown fields", Padded("""{"op":"ping""" + "\"", ",\"abcd\":1", "}")),
            ("unknown fields, names escaped", Padded("""{"op":"ping""" + "\"", ",\"\\u0061\":1", "}")),
            ("unknown fields, then an error", Padded("""{"op":"ping""" + "\"", ",\"abcd\":1", ",\"seq\":-1}")),
            ("one number", Padded("""{"op":"read","room":"#a","seq":""", "1", "}")),
            ("rooms to resume", Padded("""{"op":"hello","ver":1,"resume":{"rooms":{"0":0""", ",\"abcdefgh\":1", "}}}")),
            ("wants", Padded("""{"op":"hello","ver":1,"want":["x" """, ",\"typing\"", "]}")),
            ("white space", Padded("{", " ", "}")),
            ("rubbish", Padded("", "x", "")),
        })
        {
            var (time, bytes) = Measure(message);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {time:N1} | {time / usual.Time:N2} | {bytes / 1024.0:N0} |"));
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
