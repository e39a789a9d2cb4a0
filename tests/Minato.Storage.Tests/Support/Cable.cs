using System.Net;
using System.Net.Sockets;

namespace Minato.Storage.Tests;

/// <summary>The way to a server, which can be pulled out: now, or around a commit.</summary>
internal sealed class Cable : IDisposable
{
    private static readonly byte[] CommitText = "commit\0"u8.ToArray();

    private readonly int _to;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _gate = new();
    private readonly List<Socket> _ends = [];
    private bool _isOut;
    private TaskCompletionSource? _refused;
    private CutAt _cutAt;
    private bool _pullOutAtCut;
    private TaskCompletionSource? _held;
    private TaskCompletionSource? _letGo;

    public Cable(int to)
    {
        _to = to;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How often it was cut at a commit.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts every connection, and lets none through before <see cref="PlugIn"/>.</summary>
    public void PullOut()
    {
        lock (_gate)
        {
            _isOut = true;
            CutAll();
        }
    }

    public void PlugIn()
    {
        lock (_gate)
            _isOut = false;
    }

    /// <summary>Cuts once, at the next commit.</summary>
    public void CutAtNextCommit(CutAt where)
    {
        lock (_gate)
            _cutAt = where;
    }

    /// <summary>As <see cref="CutAtNextCommit"/>, and nothing gets through afterwards.</summary>
    /// <returns>Completes when somebody has tried to.</returns>
    public Task PullOutAtNextCommit(CutAt where)
    {
        lock (_gate)
        {
            _pullOutAtCut = true;
            _refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _cutAt = where;
            return _refused.Task;
        }
    }

    /// <summary>The next commit stays on its way, as from a machine that froze or vanished: every connection lasts, and nobody says anything.</summary>
    /// <returns>Completes when it is so.</returns>
    public Task HoldNextCommit()
    {
        lock (_gate)
        {
            _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _letGo = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _held.Task;
        }
    }

    public void LetGo() => _letGo?.TrySetResult();

    public void Dispose()
    {
        _listener.Dispose();
        LetGo();
        PullOut();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            lock (_gate)
            {
                if (_isOut)
                {
                    client.Dispose();
                    _refused?.TrySetResult();
                    return;
                }
                _ends.AddRange([client, server]);
            }
            await server.ConnectAsync(IPAddress.Loopback, _to);
            var cut = new TaskCompletionSource();
            await Task.WhenAny(UpAsync(client, server, cut), DownAsync(server, client, cut.Task));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Pulled out.
        }
        client.Dispose();
        server.Dispose();
    }

    private async Task UpAsync(Socket client, Socket server, TaskCompletionSource cutAtAnswer)
    {
        var buffer = new byte[64 * 1024];
        while (await client.ReceiveAsync(buffer) is var count and > 0)
        {
            var chunk = buffer.AsMemory(0, count);
            var cut = chunk.Span.IndexOf(CommitText) >= 0 ? TakeCut() : CutAt.Never;
            if (cut == CutAt.Request)
                return;
            if (cut == CutAt.Answer)
                cutAtAnswer.SetResult();
            if (chunk.Span.IndexOf(CommitText) >= 0 && _held is { Task.IsCompleted: false } held)
            {
                held.SetResult();
                await _letGo!.Task;
            }
            await server.SendAsync(chunk);
        }
    }

    private static async Task DownAsync(Socket server, Socket client, Task cut)
    {
        var buffer = new byte[64 * 1024];
        while (await server.ReceiveAsync(buffer) is var count and > 0)
        {
            // The server has done it; what it answers goes nowhere.
            if (cut.IsCompleted)
                return;
            await client.SendAsync(buffer.AsMemory(0, count));
        }
    }

    private CutAt TakeCut()
    {
        lock (_gate)
        {
            var cut = _cutAt;
            _cutAt = CutAt.Never;
            if (cut != CutAt.Never)
                Cuts++;
            _isOut |= cut != CutAt.Never && _pullOutAtCut;
            return cut;
        }
    }

    private void CutAll()
    {
        foreach (var end in _ends)
            end.Dispose();
        _ends.Clear();
    }
}

/// <summary>Where a cable is cut.</summary>
public enum CutAt
{
    Never,

    /// <summary>The server never hears of the commit.</summary>
    Request,

    /// <summary>The server commits, and nobody hears of it.</summary>
    Answer,
}
