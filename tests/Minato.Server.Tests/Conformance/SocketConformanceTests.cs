using Minato.Wire.Tests.WebSocket.Conformance;

namespace Minato.Server.Tests.Conformance;

/// <summary>The table of RFC 6455 over real sockets: what a server that keeps it and speaks minato.v1 answers to each.</summary>
public sealed class SocketConformanceTests(SharedServer server) : IClassFixture<SharedServer>
{
    public static TheoryData<string> Names => [.. Cases.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_server_keeps_RFC_6455(string name)
    {
        var (_, wire, expected) = Cases.Of(name);
        var answers = expected.Select(Answer).OfType<string>().ToList();
        using (var socket = await RawWebSocket.WelcomeAsync(server.Port))
        {
            await socket.Client.SendAsync(wire);
            // Half closed, so that the server ends as well where the case does not make it.
            socket.Client.FinishSending();
            Assert.Equal(answers, await socket.ReadToEndAsync());
        }

        // In pieces, and over the upgrade that Kestrel makes; there, what is still to be said is lost when the peer half-closes.
        using (var socket = await RawWebSocket.WelcomeAsync(server.Port, "TE: trailers\r\n"))
        {
            foreach (var piece in Pieces(wire))
                await socket.Client.SendAsync(piece);
            Assert.Equal(answers, await socket.ReadAsync(answers.Count));
            socket.Client.FinishSending();
            Assert.Empty(await socket.ReadToEndAsync());
        }
    }

    /// <summary>What minato.v1 answers to a message: none of the texts is JSON.</summary>
    private static string? Answer(string message) => message.Split(' ', ':') switch
    {
        ["Text", ..] => "error bad_frame",
        ["Binary", ..] => "Close 1003 why",
        ["Ping", var payload] => $"Pong:{payload}",
        ["Close", var code, ..] => $"Close {code}",
        ["Violation", var code] => $"Close {code} why",
        _ => null,
    };

    private static IEnumerable<byte[]> Pieces(byte[] wire)
    {
        var random = new Random(6455);
        for (var at = 0; at < wire.Length;)
        {
            var length = Math.Min(wire.Length - at, wire.Length < 200 ? 1 : random.Next(1, 10_000));
            yield return wire[at..(at + length)];
            at += length;
        }
    }
}
