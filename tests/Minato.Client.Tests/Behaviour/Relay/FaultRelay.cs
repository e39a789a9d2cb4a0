using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Minato.Client.Tests.Behaviour;

/// <summary>Stands between a client and the server, and does to their frames what a network might, and what a server might that is newer or broken.</summary>
internal sealed class FaultRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _gate = new();
    private readonly List<RelayedConnection> _connections = [];
    private readonly List<FaultRule> _rules = [];
    private readonly List<Task> _running = [];
    private readonly Task _accepting;
    private bool _refuses;

    internal FaultRelay()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The server's port; it changes when the server does.</summary>
    internal int Target { get; set; }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Down one byte at a time.</summary>
    internal bool IsBytewise { get; set; }

    internal RelayRecord Record { get; } = new();

    internal void Refuse(bool refuses)
    {
        lock (_gate)
            _refuses = refuses;
    }

    internal void Add(FaultRule rule)
    {
        lock (_gate)
            _rules.Add(rule);
    }

    /// <summary>The rule that befalls this frame.</summary>
    internal FaultRule? Find(bool isUp, JsonObject frame)
    {
        lock (_gate)
            return _rules.Find(r => r.Takes(isUp, frame));
    }

    internal void CutAll() => ForAll(c => c.Cut());

    /// <summary>Those that stand: nothing passes any more, and nobody is told. Later ones are not frozen.</summary>
    internal void Freeze(bool downOnly) => ForAll(c => c.Freeze(downOnly));

    internal void Thaw() => ForAll(c => c.Thaw());

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        CutAll();
        await Task.WhenAll(_running);
    }

    private void ForAll(Action<RelayedConnection> act)
    {
        RelayedConnection[] all;
        lock (_gate)
            all = [.. _connections];
        foreach (var connection in all)
            act(connection);
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
            Record.Attempted();
            lock (_gate)
                if (_refuses)
                    client.Close(0);
                else
                    _running.Add(ServeAsync(new RelayedConnection(this, client)));
        }
    }

    private async Task ServeAsync(RelayedConnection connection)
    {
        using var owned = connection;
        lock (_gate)
            _connections.Add(connection);
        await connection.RunAsync(Target);
        lock (_gate)
            _connections.Remove(connection);
    }
}
