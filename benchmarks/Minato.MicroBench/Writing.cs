using BenchmarkDotNet.Attributes;
using Minato.Core.Events;
using Minato.Server.Rooms;
using Minato.Server.Sessions;
using Minato.Server.Sessions.Irc;

namespace Minato.MicroBench;

/// <summary>From an event to the bytes that all receivers share: once for each format, however many receive it.</summary>
public class Writing
{
    private static readonly RoomEvent[] One = [Said.Event];

    private readonly IrcFormat _irc = new(new IrcNetwork(TimeProvider.System, new SessionRegistry(), IrcNetwork.UsualServer), default);

    [Benchmark(Description = "WebSocket: event")]
    public int WebSocket() => Length(WireFormat.WebSocket);

    [Benchmark(Description = "IRC: event")]
    public int Irc() => Length(_irc);

    [Benchmark(Description = "lines: event")]
    public int Lines() => Length(WireFormat.LfLines);

    private static int Length(WireFormat format) => format.Encode(Said.Room, One).Sum(p => p.Length);
}
