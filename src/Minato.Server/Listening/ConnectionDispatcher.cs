using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using Minato.Server.Sessions;
using Minato.Server.Sessions.Lines;
using Minato.Server.Sessions.WebSocket;
using Minato.Wire.Detection;
using Minato.Wire.WebSocket.Handshake;

namespace Minato.Server.Listening;

/// <summary>
/// Every connection begins here: its first bytes say what it is. Lines and plain upgrades of <c>/ws</c> become sessions on the bare
/// connection; all other HTTP goes on to Kestrel with its bytes untouched.
/// </summary>
internal sealed partial class ConnectionDispatcher(SessionContext context, UpgradeRules rules, ILogger<ConnectionDispatcher> log)
{
    /// <summary>After this silence somebody on this machine is a person at a terminal.</summary>
    private static readonly TimeSpan GreetAfter = TimeSpan.FromSeconds(2);

    /// <summary>How long a connection may stay undecided; not renewed by each byte.</summary>
    private static readonly TimeSpan UndecidedTimeout = TimeSpan.FromSeconds(10);

    private static readonly byte[] IrcIsComing = "ERROR :Minato does not speak IRC yet. Use a browser or telnet.\r\n"u8.ToArray();

    /// <summary>A fatal TLS alert, handshake_failure (RFC 8446, 6): the peer learns at once that there is no TLS here.</summary>
    private static readonly byte[] NoTls = [0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x28];

    private readonly UndecidedLimit _undecided = new();

    internal async Task OnConnectedAsync(ConnectionContext transport, ConnectionDelegate http)
    {
        var peer = transport.RemoteEndPoint as IPEndPoint;
        LogPeer(peer);
        if (!_undecided.TryEnter(peer?.Address))
        {
            LogTooMany(peer);
            context.Connections.Refused.Add();
            transport.Abort();
            return;
        }
        await using var connection = new Connection(
            transport.Transport.Input, transport.Transport.Output, transport.Features.Get<IConnectionSocketFeature>()?.Socket, peer,
            transport.Abort, context.Clock);
        var claim = new UndecidedClaim(_undecided, peer?.Address);
        LineSession? greeted = null;
        using var counted = context.Connections.Enter();
        try
        {
            var decided = await DecideAsync(transport, connection, async isTelnet =>
            {
                // From here on it is a session that waits for its person, not a connection that may be anything.
                claim.Release();
                greeted = new LineSession(connection, context);
                await greeted.GreetAsync(isTelnet);
            });
            claim.Release();
            counted.Becomes(decided.Protocol, isUpgraded: decided.Upgrade is not null);
            if (decided.Protocol != Protocol.Lines && greeted is not null)
                await greeted.LeaveAsync();
            else if (decided.Protocol == Protocol.Lines)
                await (greeted ??= new LineSession(connection, context)).RunAsync();
            await ServeAsync(decided, transport, connection, http);
        }
        catch (Exception e) when (e is IOException or ConnectionAbortedException or ConnectionResetException or OperationCanceledException)
        {
            LogGone(peer, e);
        }
        finally
        {
            claim.Release();
            if (greeted is not null)
                await greeted.EndAsync();
        }
    }

    private async Task ServeAsync(Decided decided, ConnectionContext transport, Connection connection, ConnectionDelegate http)
    {
        switch (decided.Protocol)
        {
            case Protocol.Http when decided.Upgrade is { } upgrade:
                var head = new ArrayBufferWriter<byte>(256);
                UpgradeResponse.Write(head, upgrade);
                connection.Queue.TryEnqueue(head.WrittenMemory);
                // The client says hello only after it.
                connection.Queue.Flush();
                using (var session = new WebSocketSession(connection, context))
                    await session.RunAsync();
                break;
            case Protocol.Http:
                await http(transport);
                return;
            case Protocol.Irc:
                connection.Queue.TryEnqueue(IrcIsComing);
                break;
            case Protocol.Tls:
                connection.Queue.TryEnqueue(NoTls);
                break;
        }
        await connection.FinishAsync();
    }

    /// <summary>Looks at the first bytes without consuming them, except for the head of an upgrade that is accepted here.</summary>
    private async Task<Decided> DecideAsync(ConnectionContext transport, Connection connection, Func<bool, Task> greet)
    {
        var isLocal = connection.Peer is { } peer && IPAddress.IsLoopback(peer.Address);
        using var patience = context.Clock.CreateCancellationTokenSource(isLocal ? GreetAfter : UndecidedTimeout);
        var token = patience.Token;
        using var deadline = context.Clock.CreateCancellationTokenSource(UndecidedTimeout);
        // A server that stops does not wait for those who have not said a word; a session that was greeted is told by its own drain.
        using var stopping = context.Sessions.Draining.UnsafeRegister(static c => ((Connection)c!).Input.CancelPendingRead(), connection);
        while (true)
        {
            ReadResult result;
            try
            {
                result = await connection.Input.ReadAsync(token);
            }
            catch (OperationCanceledException) when (token == patience.Token && isLocal)
            {
                token = deadline.Token;
                var silent = await SilentPeers.LookAsync(connection.Peer, transport.LocalEndPoint as IPEndPoint, token);
                if (silent != SilentPeer.NotPerson)
                {
                    token = CancellationToken.None;
                    await greet(silent == SilentPeer.Telnet);
                }
                continue;
            }
            catch (OperationCanceledException)
            {
                return new Decided(Protocol.Refused);
            }
            if (result.IsCanceled)
                return new Decided(Protocol.Refused);
            // Something came: it is no silence any more, but it still has to be decided in time.
            if (token == patience.Token)
                token = deadline.Token;
            var buffer = result.Buffer;
            var protocol = Detector.Detect(buffer, result.IsCompleted);
            var decided = protocol == Protocol.Http ? TryUpgrade(transport, ref buffer) : new Decided(protocol);
            // Undecided: examined but not consumed, so that the next read waits for more in place of spinning.
            var isDecided = decided.Protocol != Protocol.Undecided || result.IsCompleted;
            connection.Input.AdvanceTo(buffer.Start, isDecided ? buffer.Start : buffer.End);
            if (isDecided)
                return decided.Protocol == Protocol.Undecided ? new Decided(Protocol.Http) : decided;
        }
    }

    /// <summary>A plain upgrade that the policy accepts is taken here; whatever is unusual or refused is Kestrel's to answer.</summary>
    private Decided TryUpgrade(ConnectionContext transport, ref ReadOnlySequence<byte> buffer)
    {
        var rest = buffer;
        switch (RequestHead.Read(ref rest, out var head))
        {
            case RequestHeadResult.Incomplete:
                return new Decided(Protocol.Undecided);
            case RequestHeadResult.Complete:
                var request = head!.ToUpgradeRequest(isTls: false, (transport.LocalEndPoint as IPEndPoint)?.Address);
                if (UpgradePolicy.Decide(request, rules) is not UpgradeDecision.Accepted accepted)
                    return new Decided(Protocol.Http);
                buffer = rest;
                return new Decided(Protocol.Http, accepted);
            default:
                return new Decided(Protocol.Http);
        }
    }

    private sealed record Decided(Protocol Protocol, UpgradeDecision.Accepted? Upgrade = null);

    [LoggerMessage(100, LogLevel.Information, "Peer address: {Peer}")]
    private partial void LogPeer(IPEndPoint? peer);

    [LoggerMessage(101, LogLevel.Warning, "Too many undecided connections from {Peer}; this one was closed.")]
    private partial void LogTooMany(IPEndPoint? peer);

    [LoggerMessage(102, LogLevel.Debug, "{Peer} went away.")]
    private partial void LogGone(IPEndPoint? peer, Exception e);
}
