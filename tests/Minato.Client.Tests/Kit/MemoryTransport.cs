using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Minato.Tests.Kit;

namespace Minato.Client.Tests;

/// <summary>Connections in memory; the test is the server.</summary>
internal sealed class MemoryTransport : IClientTransport
{
    private readonly Channel<MemoryConnection> _opened = Channel.CreateUnbounded<MemoryConnection>();

    /// <summary>Set: nobody is there.</summary>
    internal bool IsDown { get; set; }

    internal int Attempts { get; private set; }

    public ValueTask<IClientChannel> OpenAsync(CancellationToken cancel)
    {
        Attempts++;
        if (IsDown)
            throw new ConnectException("Nobody is there.");
        var connection = new MemoryConnection();
        _opened.Writer.TryWrite(connection);
        return ValueTask.FromResult<IClientChannel>(connection);
    }

    internal Task<MemoryConnection> AcceptAsync() => _opened.Reader.ReadAsync().AsTask().Within("a connection");
}

/// <summary>One of them, from both sides.</summary>
internal sealed class MemoryConnection : IClientChannel
{
    private readonly Channel<JsonElement> _said = Channel.CreateUnbounded<JsonElement>();
    private readonly Channel<Received> _toClient = Channel.CreateUnbounded<Received>();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _read;

    /// <summary>Texts that the client took.</summary>
    internal int Read => Volatile.Read(ref _read);

    /// <summary>The client let go of it.</summary>
    internal Task Closed => _closed.Task.Within("the client to close");

    public ValueTask SendAsync(ReadOnlyMemory<byte> text, CancellationToken cancel)
    {
        using var json = JsonDocument.Parse(text);
        _said.Writer.TryWrite(json.RootElement.Clone());
        return ValueTask.CompletedTask;
    }

    public async ValueTask<Received> ReceiveAsync(CancellationToken cancel)
    {
        var received = await _toClient.Reader.ReadAsync(cancel);
        Interlocked.Increment(ref _read);
        return received;
    }

    public ValueTask DisposeAsync()
    {
        _closed.TrySetResult();
        _said.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    internal void Say(params object[] frames)
    {
        foreach (var frame in frames)
            _toClient.Writer.TryWrite(new Received(Encoding.UTF8.GetBytes(frame as string ?? JsonSerializer.Serialize(frame)), null));
    }

    internal void Close(int code = (int)WebSocketCloseStatus.NormalClosure) => _toClient.Writer.TryWrite(new Received(default, code));

    /// <summary>The next frame that the client says.</summary>
    internal Task<JsonElement> NextAsync() => _said.Reader.ReadAsync().AsTask().Within("a frame of the client");

    internal async Task<JsonElement> NextAsync(string op)
    {
        var frame = await NextAsync();
        Assert.True(frame.GetProperty("op").GetString() == op, $"Expected {op}, got {frame}.");
        return frame;
    }
}
