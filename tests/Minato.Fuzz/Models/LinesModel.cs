using Minato.Wire.Lines;

namespace Minato.Fuzz.Models;

/// <summary>
/// Lines in two passes over all bytes at once: telnet out first, by RFC 854, then ends of lines. The cleaning is the reader's own and is
/// held to its promises apart.
/// </summary>
internal static class LinesModel
{
    private const int Interrupt = -1;
    private const int TimingMark = -2;

    public static List<string> Read(byte[] input)
    {
        var lines = new List<string>();
        var line = new List<byte>();
        var isTooLong = false;
        var before = 0;
        foreach (var value in WithoutTelnet(input))
        {
            if (value == Interrupt)
                line.Clear();
            if (value < 0)
            {
                lines.Add(value == Interrupt ? "Interrupt:(Interrupt)" : "TimingMark:(TimingMark)");
                continue;
            }
            var isRest = before == '\r' && value is '\n' or 0 && before == '\r';
            before = value;
            if (isRest)
                continue;
            if (value is not ('\r' or '\n'))
            {
                line.Add((byte)value);
                if (line.Count > LineReader.MaxLine && !isTooLong)
                {
                    isTooLong = true;
                    lines.Add("TooLong:(TooLong)");
                }
                continue;
            }
            if (!isTooLong)
                lines.Add(Shown(line));
            isTooLong = false;
            line.Clear();
        }
        if (!isTooLong && line.Count > 0)
            lines.Add(Shown(line));
        return lines;
    }

    private static string Shown(List<byte> line)
    {
        var text = LineText.Clean(line.ToArray());
        return text.Length > LineReader.MaxLine ? "TooLong:(TooLong)" : $"Text:{new Line(LineKind.Text, text)}";
    }

    private static IEnumerable<int> WithoutTelnet(byte[] input)
    {
        for (var i = 0; i < input.Length; i++)
        {
            if (input[i] != 255)
            {
                yield return input[i];
                continue;
            }
            if (++i == input.Length)
                yield break;
            if (input[i] < 240)
                yield return input[i]; // 255 was noise
            else if (input[i] == 244)
                yield return Interrupt;
            else if (input[i] == 250)
                i = EndOfSubnegotiation(input, i + 1);
            else if (input[i] is >= 251 and <= 254 && ++i < input.Length && input[i - 1] == 253 && input[i] == 6)
                yield return TimingMark;
        }
    }

    // Of at most 1,024 bytes, the last of them taken whatever it is.
    private static int EndOfSubnegotiation(byte[] input, int at)
    {
        var last = at + 1023;
        for (var i = at; i < input.Length && i < last; i++)
            if (input[i] == 255)
            {
                if (++i < input.Length && (input[i] == 240 || i == last))
                    return i;
            }
        return Math.Min(last, input.Length);
    }
}
