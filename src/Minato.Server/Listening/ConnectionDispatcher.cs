using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Logging;
using Minato.Server.Accounts;
using Minato.Server.Listening.Sockets;
using Minato.Server.Metrics;
using Minato.Server.Sessions;
using Minato.Server.Sessions.Irc;
using Minato.Server.Sessions.Lines;
using Minato.Wire.Detection;
using Minato.Wire.WebSocket.Handshake;

namespace Minato.Server.Listening;

/// <summary>
/// Every connection begins here: its first bytes say what it is, and inside TLS they say it once more. IRC, lines and plain upgrades of
/// <c>/ws</c> and <c>/irc</c> become sessions on the bare connection; all other HTTP goes on to Kestrel with its bytes untouched. docs/protocols/port.md.
/// </summary>
internal sealed partial class ConnectionDispatcher(SessionContext context, FrontRules rules, SilentPeers silentPeers, ILogger<ConnectionDispatcher> log)
{
    /// <summary>After this silence somebody on this machine is a person at a terminal.</summary>
    private static readonly TimeSpan GreetAfter = TimeSpan.FromSeconds(2);

    /// <summary>A fatal TLS alert, handshake_failure (RFC 8446, 6): the peer learns at once that there is no TLS here.</summary>
    private static readonly byte[] NoTls = [0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x28];

    private long _toldOfFlood;

    internal UndecidedConnections Undecided { get; } = new(Descriptors.MaxUndecidedConnections);

    /// <summary>Connections that are there, those included that were handed over.</summary>
    internal Gauge Held { get; } = new();

    /// <summary>A connection as it was accepted. Chat is served until it ends.</summary>
    /// <returns>What Kestrel is to go on with, by <see cref="OnHandedOverAsync"/>; null: it is over.</returns>
    internal async Task<Arrival?> OnConnectedAsync(PlainSocket transport)
    {
        LogPeer(transport.RemoteEndPoint);
        var arrival = new Arrival(transport, Undecided, rules.Proxies, context.Clock, CloseOldest);
        var isHandedOver = false;
        try
        {
            isHandedOver = (!arrival.IsByProxy || await PassProxyAsync(arrival)) && await RunAsync(arrival, transport, http: null);
        }
        catch (Exception e) when (IsGone(e))
        {
            LogGone(arrival.Peer, e);
        }
        finally
        {
            if (!isHandedOver)
                arrival.Dispose();
        }
        return isHandedOver ? arrival : null;
    }

    /// <summary>A connection that Kestrel goes on with.</summary>
    /// <param name="tls">The handshake, with <see cref="OnDecryptedAsync"/> behind it; null without a certificate.</param>
    /// <param name="http">Kestrel.</param>
    internal async Task OnHandedOverAsync(ConnectionContext transport, ConnectionDelegate? tls, ConnectionDelegate http)
    {
        using var arrival = transport.Features.GetRequiredFeature<Arrival>();
        try
        {
            if (arrival.IsTls)
            {
                arrival.BeginHandshake();
                await tls!(transport);
                return;
            }
            using var counted = context.Connections.Enter();
            counted.Becomes(Protocol.Http);
            await http(transport);
        }
        catch (Exception e) when (IsGone(e))
        {
            LogGone(arrival.Peer, e);
        }
        finally
        {
            Held.Add(-1);
        }
    }

    /// <summary>The same connection after its handshake: its bytes are in the clear, and as undecided as the first ones were.</summary>
    internal async Task OnDecryptedAsync(ConnectionContext transport, ConnectionDelegate http)
    {
        var arrival = transport.Features.GetRequiredFeature<Arrival>();
        arrival.EndHandshake();
        await RunAsync(arrival, transport, http);
    }

    private static bool IsGone(Exception e) => e is IOException or ConnectionAbortedException or ConnectionResetException or OperationCanceledException;

    private void CloseOldest(ConnectionContext oldest)
    {
        oldest.Abort();
        context.Connections.Refused.Add();
        // A flood is told of once a minute, not once for each.
        var now = context.Clock.GetTimestamp();
        var told = Interlocked.Read(ref _toldOfFlood);
        if ((told == 0 || context.Clock.GetElapsedTime(told, now) > TimeSpan.FromMinutes(1)) && Interlocked.CompareExchange(ref _toldOfFlood, now, told) == told)
            LogTooMany(oldest.RemoteEndPoint);
    }

    private async Task<bool> PassProxyAsync(Arrival arrival)
    {
        var proxy = arrival.Peer;
        switch (await ProxyPreamble.ReadAsync(arrival, context.Sessions.Draining))
        {
            case ProxyHeaderResult.Malformed:
                LogMalformed(proxy);
                return false;
            case ProxyHeaderResult.Incomplete:
                return false;
            default:
                if (arrival.IsAnnounced)
                    LogPeerBehind(arrival.Peer, proxy);
                return true;
        }
    }

    /// <summary>The one task of a connection besides its session's: it may sleep for days, and how it was decided what it is goes before.</summary>
    /// <param name="http">Kestrel, inside TLS; outside of it, where it is not Kestrel's yet, null.</param>
    /// <returns>Whether it is to be handed over.</returns>
    private async Task<bool> RunAsync(Arrival arrival, ConnectionContext transport, ConnectionDelegate? http)
    {
        await using var connection = Open(arrival, transport);
        using var counted = context.Connections.Enter();
        try
        {
            var serving = await BeginAsync(arrival, transport, connection, counted, http);
            await serving.Task;
            if (serving.IsOurs)
                await connection.FinishAsync();
            return !serving.IsOurs;
        }
        finally
        {
            if (arrival.Greeted is { } greeted)
                await greeted.EndAsync();
        }
    }

    /// <summary>Decides what it is, and begins to serve it, unless it is to be handed over.</summary>
    private async Task<Serving> BeginAsync(
        Arrival arrival, ConnectionContext transport, Connection connection, ConnectionMeters.CountedConnection counted, ConnectionDelegate? http)
    {
        var decided = await DecideAsync(arrival, transport, connection);
        arrival.IsTls = decided.Protocol == Protocol.Tls && rules.Certificate is not null && !IsTls(transport);
        if (arrival.IsTls)
            return new Serving(Task.CompletedTask, IsOurs: false);
        arrival.Decide();
        if (decided.Protocol != Protocol.Lines && arrival.Greeted is { } greeted)
            await greeted.LeaveAsync();
        var isKestrels = decided.Protocol == Protocol.Http && decided.Upgrade is null || decided.Protocol == Protocol.Http2 && IsHttp2Agreed(transport);
        if (isKestrels && http is null)
            return new Serving(Task.CompletedTask, IsOurs: false);
        counted.Becomes(decided.Protocol, isUpgraded: decided.Upgrade is not null);
        return isKestrels ? new Serving(http!(transport), IsOurs: false) : new Serving(ServeAsync(decided, arrival, connection), IsOurs: true);
    }

    /// <summary>Past every pipe into the socket; inside TLS through it, and then the end of sending is TLS's to say (close_notify).</summary>
    private Connection Open(Arrival arrival, ConnectionContext transport) => transport.Features.Get<ISslStreamFeature>() is { } tls
        ? new Connection(transport.Transport.Input, transport.Transport.Output, socket: null, arrival.Peer, transport.Abort, context.Clock, endSending: tls.SslStream.ShutdownAsync)
        {
            IsTls = true,
            Certificate = tls.SslStream.RemoteCertificate is { } shown ? CertificateFingerprint.Of(shown) : null,
        }
        : new Connection(transport.Transport.Input, output: null, ((PlainSocket)transport).Socket, arrival.Peer, transport.Abort, context.Clock)
        {
            // What is before a proxy is not ours to say.
            TlsPort = rules.Certificate is null || arrival.IsByProxy ? null : arrival.Own?.Port,
        };

    private Task ServeAsync(Decided decided, Arrival arrival, Connection connection)
    {
        switch (decided.Protocol)
        {
            case Protocol.Http when decided.Upgrade is { } upgrade:
                var head = new ArrayBufferWriter<byte>(256);
                UpgradeResponse.Write(head, upgrade);
                connection.Queue.TryEnqueue(head.WrittenMemory);
                // The client says hello only after it.
                connection.Queue.Flush();
                return UpgradedConnection.RunAsync(connection, context, upgrade.Protocol, decided.Cookie);
            case Protocol.Lines:
                return (arrival.Greeted ??= new LineSession(connection, context)).RunAsync();
            case Protocol.Irc:
                return new IrcSession(connection, context).RunAsync();
            case Protocol.Http2:
                var refusal = new ArrayBufferWriter<byte>(128);
                Http2Refusal.Write(refusal);
                connection.Queue.TryEnqueue(refusal.WrittenMemory);
                break;
            case Protocol.Tls:
                connection.Queue.TryEnqueue(NoTls);
                break;
        }
        return Task.CompletedTask;
    }

    /// <summary>Looks at the first bytes without consuming them, except for the head of an upgrade that is accepted here.</summary>
    private async Task<Decided> DecideAsync(Arrival arrival, ConnectionContext transport, Connection connection)
    {
        var isGreetable = IsGreetable(arrival);
        using var patience = context.Clock.CreateCancellationTokenSource(isGreetable ? GreetAfter : Timeout.InfiniteTimeSpan);
        var token = isGreetable ? patience.Token : arrival.Deadline;
        var isBlank = false;
        // A server that stops does not wait for those who have not said a word; a session that was greeted is told by its own drain.
        using var stopping = context.Sessions.Draining.UnsafeRegister(static c => ((Connection)c!).Input.CancelPendingRead(), connection);
        while (true)
        {
            ReadResult result;
            try
            {
                result = await connection.Input.ReadAsync(token);
            }
            catch (OperationCanceledException) when (token == patience.Token && token.IsCancellationRequested)
            {
                token = arrival.Deadline;
                var silent = await silentPeers.LookAsync(arrival.Peer, arrival.Own).WaitAsync(token);
                if (silent != SilentPeer.NotPerson)
                {
                    token = CancellationToken.None;
                    arrival.Greeted = new LineSession(connection, context);
                    await arrival.Greeted.GreetAsync(isTelnet: silent == SilentPeer.Telnet);
                }
                continue;
            }
            catch (OperationCanceledException) when (token == arrival.Deadline && token.IsCancellationRequested)
            {
                // Who pressed Enter and nothing else is a person that listens.
                return new Decided(isBlank ? Protocol.Lines : Protocol.Refused);
            }
            if (result.IsCanceled)
                return new Decided(Protocol.Refused);
            // Something came: it is no silence any more, but it still has to be decided in time. Who was greeted may take theirs to type.
            if (token == patience.Token)
                token = arrival.Deadline;
            var buffer = result.Buffer;
            isBlank = Detector.IsBlank(buffer);
            var protocol = Detector.Detect(buffer, result.IsCompleted);
            if (protocol == Protocol.Tls && rules.Certificate is not null && !IsTls(transport))
                protocol = JudgeHello(arrival, buffer, result.IsCompleted);
            if (protocol == Protocol.Refused && !result.IsCompleted)
                LogRefused(arrival.Peer);
            var decided = protocol == Protocol.Http ? TryUpgrade(arrival, transport, connection, ref buffer) : new Decided(protocol);
            // Undecided: examined but not consumed, so that the next read waits for more in place of spinning.
            var isDecided = decided.Protocol != Protocol.Undecided || result.IsCompleted;
            connection.Input.AdvanceTo(buffer.Start, isDecided ? buffer.Start : buffer.End);
            if (isDecided)
                return decided.Protocol == Protocol.Undecided ? new Decided(Protocol.Http) : decided;
        }
    }

    /// <summary>Undecided until the first message of TLS is whole: it says whether a certificate may be asked for.</summary>
    private static Protocol JudgeHello(Arrival arrival, in ReadOnlySequence<byte> bytes, bool isEnd)
    {
        var hello = ClientHelloReader.Read(bytes);
        arrival.AsksForCertificate = hello == ClientHello.Other;
        return hello == ClientHello.Incomplete && !isEnd ? Protocol.Undecided : Protocol.Tls;
    }

    /// <summary>A plain upgrade that the policy accepts is taken here; whatever is unusual or refused is Kestrel's to answer.</summary>
    private Decided TryUpgrade(Arrival arrival, ConnectionContext transport, Connection connection, ref ReadOnlySequence<byte> buffer)
    {
        var rest = buffer;
        switch (RequestHead.Read(ref rest, out var head))
        {
            case RequestHeadResult.Incomplete:
                return new Decided(Protocol.Undecided);
            case RequestHeadResult.Complete:
                var request = head!.ToUpgradeRequest(IsTls(transport), arrival.Own?.Address);
                if (!arrival.IsAnnounced && rules.Proxies.Contains(arrival.Peer?.Address))
                {
                    var forwarding = Forwarding.Read(head.Headers, rules.Proxies);
                    request = request with { IsByTrustedProxy = true, IsTls = forwarding.IsTls ?? request.IsTls };
                    if (forwarding.Client is { } client)
                        connection.Peer = new IPEndPoint(client, 0);
                }
                if (UpgradePolicy.Decide(request, rules.Upgrades) is not UpgradeDecision.Accepted accepted)
                    return new Decided(Protocol.Http);
                buffer = rest;
                return new Decided(Protocol.Http, accepted, context.Accounts?.Cookie.FindOwn(request));
            default:
                return new Decided(Protocol.Http);
        }
    }

    /// <summary>
    /// On this machine, where nothing is in between. With a certificate nobody is greeted: the silent one may be about to speak TLS, and its
    /// first packet late.
    /// </summary>
    private bool IsGreetable(Arrival arrival) =>
        rules.Certificate is null && !arrival.IsByProxy && arrival.Peer is { } peer && IPAddress.IsLoopback(peer.Address);

    private static bool IsTls(ConnectionContext transport) => transport.Features.Get<ISslStreamFeature>() is not null;

    private static bool IsHttp2Agreed(ConnectionContext transport) =>
        transport.Features.Get<ITlsApplicationProtocolFeature>() is { } agreed && agreed.ApplicationProtocol.Span.SequenceEqual("h2"u8);

    private sealed record Decided(Protocol Protocol, UpgradeDecision.Accepted? Upgrade = null, string? Cookie = null);

    /// <param name="IsOurs">Whether the connection ends here, and not with Kestrel.</param>
    private readonly record struct Serving(Task Task, bool IsOurs);

    [LoggerMessage(100, LogLevel.Information, "Peer address: {Peer}")]
    private partial void LogPeer(EndPoint? peer);

    [LoggerMessage(101, LogLevel.Warning, "Too many undecided connections: the oldest ones are closed, at first that of {Peer}.")]
    private partial void LogTooMany(EndPoint? peer);

    [LoggerMessage(102, LogLevel.Debug, "{Peer} went away.")]
    private partial void LogGone(EndPoint? peer, Exception e);

    [LoggerMessage(103, LogLevel.Information, "Peer address: {Peer} (by the proxy {Proxy})")]
    private partial void LogPeerBehind(EndPoint? peer, EndPoint? proxy);

    [LoggerMessage(104, LogLevel.Warning, "The trusted proxy {Proxy} sent a PROXY header that is none; its connection was closed.")]
    private partial void LogMalformed(EndPoint? proxy);

    [LoggerMessage(105, LogLevel.Information, "What {Peer} sent first is served by nobody here. If it is a proxy that sends PROXY headers, name it with --trusted-proxy.")]
    private partial void LogRefused(EndPoint? peer);
}
