using System.Net.Sockets;
using System.Text;
using Minato.Fuzz.Making;
using Minato.Fuzz.Running;
using Minato.Fuzz.Targets;
using Minato.Tests.Kit;
using Minato.Wire.Tests.WebSocket.Framing;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Fuzz.Live;

/// <summary>One connection after the other: some begin well, all end badly, some without reading and some with a reset.</summary>
internal sealed class Stranger(int port, Source source)
{
    private static readonly byte[] Hello = ClientFrame.Of(Opcode.Text, """{"op":"hello","ver":1,"want":["presence","typing","receipts"]}""");

    private static readonly Target[] Ways = [new DetectionTarget(), new LinesTarget(), new HttpTarget(), new FramingTarget(), new FramesTarget()];

    private readonly Pool _pool = new();

    public int Connections { get; private set; }

    /// <summary>What it sent last, or as much as fits a line.</summary>
    public string Last { get; private set; } = "";

    public async Task RunAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                await ConnectAsync(over);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or InvalidOperationException)
            {
                // The server let go of it, as it should, or the run is over.
            }
            Connections++;
        }
    }

    private async Task ConnectAsync(CancellationToken over)
    {
        using var client = await RawClient.ConnectAsync(port);
        var bytes = Next();
        Last = $"{bytes.Length} bytes {Convert.ToHexString(bytes.AsSpan(0, Math.Min(bytes.Length, 60)))}";
        foreach (var piece in source.Cuts(bytes).Take(300))
            await client.Stream.WriteAsync(piece, over);
        switch (source.Below(4))
        {
            case 0:
                client.Reset();
                break;
            case 1:
                client.FinishSending();
                await ReadAsync(client, over);
                break;
            case 2:
                await ReadAsync(client, over);
                break;
        }
    }

    private byte[] Next()
    {
        var way = source.Pick(Ways);
        var made = way.Make(source);
        if (source.OneIn(2))
            made = Mutations.Apply(made, source, way.Words, _pool);
        var head = Encoding.ASCII.GetBytes(
            $"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: minato.v1\r\n{(source.OneIn(4) ? "TE: trailers\r\n" : "")}\r\n");
        return way switch
        {
            FramingTarget => [.. head, .. source.OneIn(2) ? Hello : [], .. made],
            FramesTarget => [.. head, .. Hello, .. Enumerable.Range(0, 1 + source.Below(20)).SelectMany(_ => ClientFrame.Of(Opcode.Text, way.Make(source))), .. ClientFrame.Of(Opcode.Text, made)],
            _ => made,
        };
    }

    /// <summary>For a moment; then it goes, answered or not.</summary>
    private async Task ReadAsync(RawClient client, CancellationToken over)
    {
        using var moment = CancellationTokenSource.CreateLinkedTokenSource(over);
        moment.CancelAfter(TimeSpan.FromMilliseconds(1 + source.Below(100)));
        var buffer = new byte[source.Pick(1, 100, 10_000)];
        while (await client.Stream.ReadAsync(buffer, moment.Token) > 0)
        {
        }
    }
}
