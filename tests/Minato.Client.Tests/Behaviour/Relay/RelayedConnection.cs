using System.Net;
using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Minato.Client.Tests.Behaviour;

/// <summary>One connection through the relay: the upgrade passes as it is, then frame by frame.</summary>
internal sealed class RelayedConnection(FaultRelay relay, Socket client) : IDisposable
{
    /// <summary>Bytes that the kernel keeps of what the server sent: little, so that a reader who stopped is noticed soon.</summary>
    private const int ReceiveBuffer = 16 * 1024;

    private static readonly JsonSerializerOptions AsServersDo = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = ReceiveBuffer, NoDelay = true };
    private volatile TaskCompletionSource? _frozenUp;
    private volatile TaskCompletionSource? _frozenDown;

    internal async Task RunAsync(int target)
    {
        client.NoDelay = true;
        try
        {
            await _server.ConnectAsync(IPAddress.Loopback, target);
            await Task.WhenAny(PumpAsync(client, _server, isUp: true), PumpAsync(_server, client, isUp: false));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // There is no server.
        }
        Cut();
    }

    internal void Cut()
    {
        client.Dispose();
        _server.Dispose();
        Thaw();
    }

    internal void Freeze(bool downOnly)
    {
        _frozenDown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!downOnly)
            _frozenUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    internal void Thaw()
    {
        _frozenUp?.TrySetResult();
        _frozenDown?.TrySetResult();
        (_frozenUp, _frozenDown) = (null, null);
    }

    public void Dispose() => Cut();

    private async Task PumpAsync(Socket from, Socket to, bool isUp)
    {
        try
        {
            var bytes = new List<byte>();
            var isUpgraded = false;
            var buffer = new byte[16 * 1024];
            while (await from.ReceiveAsync(buffer) is var count and > 0)
            {
                bytes.AddRange(buffer.AsSpan(0, count));
                if (!isUpgraded)
                {
                    var head = bytes.ToArray().AsSpan().IndexOf("\r\n\r\n"u8) + 4;
                    if (head < 4)
                        continue;
                    isUpgraded = true;
                    await SendAsync(to, bytes.GetRange(0, head).ToArray(), isUp);
                    bytes.RemoveRange(0, head);
                }
                var ahead = bytes.ToArray();
                var taken = 0;
                while (RelayFrame.TryRead(ahead.AsSpan(taken), out var length) is { } frame)
                {
                    taken += length;
                    if (!await PassAsync(frame, to, isUp))
                        return;
                }
                bytes.RemoveRange(0, taken);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut, or one of them went away.
        }
    }

    /// <summary>False: the connection is cut here.</summary>
    private async Task<bool> PassAsync(RelayFrame frame, Socket to, bool isUp)
    {
        if (frame.CloseCode is { } code && !isUp)
            relay.Record.Closed(code);
        if (!frame.IsText)
        {
            await SendAsync(to, frame.Write(), isUp);
            return true;
        }
        var json = JsonNode.Parse(frame.Payload)!.AsObject();
        Note(json, isUp);
        var rule = relay.Find(isUp, json);
        if (rule is null)
        {
            await SendAsync(to, frame.Write(), isUp);
            return true;
        }
        rule.Change(json);
        byte[] Write(JsonObject text) => (frame with { Payload = JsonSerializer.SerializeToUtf8Bytes(text, AsServersDo) }).Write();
        foreach (var extra in rule.Before)
            await SendAsync(to, Write(extra), isUp);
        if (rule.CutAfter is { } bytes)
        {
            await SendAsync(to, Write(json)[..Math.Min(bytes, Write(json).Length)], isUp);
            relay.Record.Befell();
            return false;
        }
        for (var copy = rule.Drops ? 0 : rule.Doubles ? 2 : 1; copy > 0; copy--)
            await SendAsync(to, Write(json), isUp);
        foreach (var extra in rule.After)
            await SendAsync(to, Write(extra), isUp);
        relay.Record.Befell();
        return true;
    }

    private void Note(JsonObject json, bool isUp)
    {
        if (isUp && (string?)json["op"] == "send")
            relay.Record.Sent((string)json["cid"]!);
        else if (!isUp && (string?)json["op"] == "bye")
            relay.Record.SaidGoodbye();
    }

    private async Task SendAsync(Socket to, byte[] bytes, bool isUp)
    {
        while ((isUp ? _frozenUp : _frozenDown) is { } frozen)
            await frozen.Task;
        var step = relay.IsBytewise && !isUp ? 1 : Math.Max(bytes.Length, 1);
        for (var at = 0; at < bytes.Length; at += step)
            await SendAllAsync(to, bytes.AsMemory(at, Math.Min(step, bytes.Length - at)));
    }

    private static async Task SendAllAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await to.SendAsync(bytes)..];
    }
}
