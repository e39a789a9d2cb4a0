using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Minato.Wire.Irc;
using Minato.Wire.Lines;
using Minato.Wire.WebSocket.Frames;
using Minato.Wire.WebSocket.Framing;

namespace Minato.MicroBench;

/// <summary>From the socket's bytes to what was said, on each protocol: one message of 100 bytes.</summary>
public class Reading : IDisposable
{
    private const int MaxMessage = 65_536;

    private static readonly byte[] Json = Encoding.UTF8.GetBytes($$"""{"op":"send","cid":"0000018f0000001a","room":"{{Said.Room.Uid}}","body":"{{Said.Text}}"}""");
    private static readonly byte[] Masked = Mask(Json);
    private static readonly byte[] IrcBytes = Encoding.UTF8.GetBytes($"PRIVMSG #lobby :{Said.Text}\r\n");
    private static readonly byte[] IrcWords = IrcBytes[..^2];
    private static readonly byte[] LineBytes = Encoding.UTF8.GetBytes($"{Said.Text}\n");

    private readonly FrameReader _frames = new(MaxMessage);
    private readonly IrcReader _irc = new();
    private readonly LineReader _lines = new();

    [Benchmark(Description = "WebSocket: frame")]
    public bool Frame()
    {
        var input = new ReadOnlySequence<byte>(Masked);
        return _frames.TryRead(ref input, out _);
    }

    [Benchmark(Description = "WebSocket: JSON")]
    public ClientFrame? Fields() => ClientFrameReader.Read(Json, out _);

    [Benchmark(Description = "IRC: line")]
    public bool IrcLine()
    {
        var input = new ReadOnlySequence<byte>(IrcBytes);
        return _irc.TryRead(ref input, out _);
    }

    [Benchmark(Description = "IRC: words")]
    public IrcMessage? IrcMessage() => Wire.Irc.IrcMessage.Parse(IrcWords);

    [Benchmark(Description = "lines: line")]
    public bool Line()
    {
        var input = new ReadOnlySequence<byte>(LineBytes);
        return _lines.TryRead(ref input, out _);
    }

    public void Dispose()
    {
        _frames.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>As a client must send it.</summary>
    private static byte[] Mask(byte[] json)
    {
        byte[] key = [0x5a, 0x31, 0xc7, 0x09];
        var frame = new List<byte> { 0x81, 0x80 | 126, (byte)(json.Length >> 8), (byte)json.Length };
        frame.AddRange(key);
        frame.AddRange(json.Select((b, i) => (byte)(b ^ key[i % 4])));
        return [.. frame];
    }
}
