using System.Text;

namespace Minato.Wire.Lines;

public enum LineKind
{
    /// <summary>What a person typed; may be empty.</summary>
    Text,

    /// <summary>More than <see cref="LineReader.MaxLine"/> bytes: nothing of it was kept. Said once for each such line.</summary>
    TooLong,

    /// <summary>The telnet command IP, for Ctrl-C: what was typed of the line is dropped.</summary>
    Interrupt,

    /// <summary>The telnet command DO TIMING-MARK: until <see cref="Telnet.WillTimingMark"/> answers it, telnet throws all output away.</summary>
    TimingMark,
}

/// <summary>
/// A line as it came, without its end. <paramref name="Text"/> is valid UTF-8 without any control character but the tab, at most
/// <see cref="LineReader.MaxLine"/> bytes, empty unless the kind is <see cref="LineKind.Text"/>. It is the caller's: nothing writes to it again.
/// </summary>
public readonly record struct Line(LineKind Kind, ReadOnlyMemory<byte> Text)
{
    public override string ToString() => Kind == LineKind.Text ? Encoding.UTF8.GetString(Text.Span) : $"({Kind})";
}
