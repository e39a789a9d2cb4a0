using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Minato.Load.Storms;

/// <summary>A member of one room, who comes back whenever the server is lost, resumes, and counts what it should not have seen.</summary>
/// <param name="number">Nobody else's.</param>
internal sealed class Member(int number, string slug, int port, Returns returns) : IDisposable
{
    /// <summary>Bytes; a welcome is longer than that and lets it grow.</summary>
    private const int Buffer = 1024;

    /// <summary>After which a welcome counts as having lasted.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(10);

    private FrameSocket? _socket;
    private string? _session;
    private string? _room;
    private byte[] _event = [];
    private int _tries;
    private long _welcomeAt;
    private long _head = long.MaxValue;
    private int _posted;
    private TimeSpan _retryAfter;
    private volatile bool _ends;
    private long _last;
    private int _port = port;
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When it had caught up again with the head that it was told; 0: not yet.</summary>
    internal long BackAt { get; private set; }

    /// <summary>The newest event of its room that it has.</summary>
    internal long Last => Volatile.Read(ref _last);

    /// <summary>Events that came twice, or after one that did not.</summary>
    internal int Wrong { get; private set; }

    internal int Resets { get; private set; }

    /// <summary>Told when a post of its own was sent whose event has come.</summary>
    internal Action<long>? Heard { get; init; }

    internal bool IsBack => BackAt != 0;

    /// <summary>Becomes a member, and completes when it is one.</summary>
    internal async Task JoinAsync()
    {
        _ = LiveAsync();
        await _joined.Task;
    }

    /// <summary>Forgets when it was back: the next loss counts.</summary>
    internal void Expect() => BackAt = 0;

    /// <summary>It finds another server there the next time that it comes back, as by a balancer.</summary>
    internal void TurnTo(int port) => Volatile.Write(ref _port, port);

    /// <summary>Its machine loses the network.</summary>
    internal void Cut() => Volatile.Read(ref _socket)?.Reset();

    /// <summary>Says something, if it is there.</summary>
    internal async Task PostAsync()
    {
        if (!IsBack || Volatile.Read(ref _socket) is not { } socket)
            return;
        try
        {
            await socket.SendAsync($$"""{"op":"send","cid":"{{number}}.{{_posted++}}.{{Stopwatch.GetTimestamp()}}","room":"{{slug}}","body":"|{{Stopwatch.GetTimestamp()}} {{number}} {{new string('x', 60)}}"}""");
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // It notices where it reads.
        }
    }

    public void Dispose()
    {
        _ends = true;
        _socket?.Dispose();
    }

    private async Task LiveAsync()
    {
        while (!_ends)
        {
            try
            {
                using var socket = await FrameSocket.ConnectAsync(Volatile.Read(ref _port), Buffer);
                Volatile.Write(ref _socket, socket);
                await socket.SendAsync(Hello());
                while (await socket.ReceiveAsync(Take))
                {
                }
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
            {
                // What this is about.
            }
            Volatile.Write(ref _socket, null);
            if (_ends)
                return;
            if (_welcomeAt != 0 && Stopwatch.GetElapsedTime(_welcomeAt) >= Lasting)
                _tries = 0;
            (_welcomeAt, BackAt) = (0, 0);
            (var retryAfter, _retryAfter) = (_retryAfter, TimeSpan.Zero);
            await returns.WaitAsync(_tries++, retryAfter);
        }
    }

    private string Hello() => _session is null
        ? """{"op":"hello","ver":1,"want":["presence","typing","receipts"]}"""
        : $$$$"""{"op":"hello","ver":1,"auth":{"session":"{{{{_session}}}}"},"want":["presence","typing","receipts"],"resume":{"rooms":{"{{{{_room}}}}":{{{{Last}}}}}}}""";

    private void Take(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith("{\"op\":\"ev\""u8))
            TakeEvent(json);
        else if (!json.StartsWith("{\"op\":\"eph\""u8) && !json.StartsWith("{\"op\":\"ok\""u8))
            TakeWord(json);
    }

    /// <summary><c>{"op":"ev","room":"R","seq":n,…</c>, in this order.</summary>
    private void TakeEvent(ReadOnlySpan<byte> json)
    {
        if (_event.Length == 0 || !json.StartsWith(_event) || !Utf8Parser.TryParse(json[_event.Length..], out long seq, out _))
            return;
        if (seq != _last + 1)
            Wrong++;
        Volatile.Write(ref _last, seq);
        LookWhetherBack();
        if (Heard is null || json.IndexOf("\"|"u8) is not (> 0 and var at))
            return;
        var body = json[(at + 2)..];
        var space = body.IndexOf((byte)' ');
        var mine = body[(space + 1)..];
        if (Utf8Parser.TryParse(mine, out int sender, out _) && sender == number)
            Heard(long.Parse(body[..space], CultureInfo.InvariantCulture));
    }

    private void TakeWord(ReadOnlySpan<byte> json)
    {
        using var document = JsonDocument.Parse(json.ToArray());
        var frame = document.RootElement;
        switch (frame.GetProperty("op").GetString())
        {
            case "welcome":
                _welcomeAt = Stopwatch.GetTimestamp();
                if (_session is not null)
                    break;
                _session = frame.GetProperty("session").GetString();
                _socket!.SendAsync($$"""{"op":"join","cid":"{{number}}.join","room":"{{slug}}"}""").GetAwaiter().GetResult();
                break;
            case "room" when _room is null:
                _room = frame.GetProperty("room").GetProperty("id").GetString();
                _event = Encoding.UTF8.GetBytes($$"""{"op":"ev","room":"{{_room}}","seq":""");
                _last = frame.GetProperty("room").GetProperty("head").GetInt64();
                BackAt = Stopwatch.GetTimestamp();
                _joined.TrySetResult();
                break;
            case "resumed":
                _head = frame.GetProperty("head").GetInt64();
                LookWhetherBack();
                break;
            case "partial" or "reset":
                Resets++;
                break;
            case "bye":
                _retryAfter = TimeSpan.FromMilliseconds(frame.GetProperty("retryAfter").GetInt64());
                break;
            case "error":
                Wrong++;
                _joined.TrySetException(new InvalidOperationException(frame.ToString()));
                break;
        }
    }

    private void LookWhetherBack()
    {
        if (IsBack || _last < _head)
            return;
        BackAt = Stopwatch.GetTimestamp();
        _head = long.MaxValue;
    }
}
