using System.Text;
using Minato.Wire.Tests.WebSocket.Framing;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Tests;

/// <summary>An IRC client on a WebSocket by hand: each message is a line.</summary>
internal sealed class FramedIrcClient(RawWebSocket socket, Opcode kind) : IDisposable
{
    private int _pings;

    public RawWebSocket Socket => socket;

    public Task SendAsync(params string[] lines) => socket.Client.SendAsync([.. lines.SelectMany(line => ClientFrame.Of(kind, line))]);

    /// <summary>What these lines are answered with, and whatever else came meanwhile; each message is of the kind that was agreed on, and a line without its end.</summary>
    public async Task<List<string>> DoAsync(params string[] lines)
    {
        var mark = $"mark-{++_pings}";
        await SendAsync([.. lines, $"PING {mark}"]);
        var seen = new List<string>();
        while (await socket.ReadFrameAsync() is var (opcode, payload))
        {
            Assert.Equal(kind, opcode);
            var line = Encoding.UTF8.GetString(payload);
            Assert.DoesNotContain('\r', line);
            Assert.DoesNotContain('\n', line);
            if (line.EndsWith($"PONG irc.minato :{mark}", StringComparison.Ordinal))
                return seen;
            seen.Add(IrcClient.Plain(line));
        }
        return seen;
    }

    public void Dispose() => socket.Dispose();
}
