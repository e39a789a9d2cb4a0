using System.Text;

namespace Minato.Fuzz.Running;

internal static class Failure
{
    /// <summary>What was found, so that it can be run again and pasted into a test.</summary>
    public static void Print(string target, int seed, string problem, byte[] input)
    {
        Console.WriteLine($"FOUND in {target}: {problem}");
        Console.WriteLine($"  again: tests/fuzz --target {target} --seed {seed}");
        Console.WriteLine($"  {input.Length} bytes: Convert.FromHexString(\"{Convert.ToHexString(input)}\")");
        Console.WriteLine($"  as text: \"{Shown(input)}\"");
    }

    private static string Shown(byte[] input)
    {
        var text = new StringBuilder();
        foreach (var b in input.Take(500))
            text.Append(b switch
            {
                (byte)'"' => "\\\"",
                (byte)'\\' => "\\\\",
                >= 0x20 and < 0x7F => ((char)b).ToString(),
                _ => $"\\u{b:X4}",
            });
        return text.ToString();
    }
}
