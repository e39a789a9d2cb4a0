using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Minato.Server.Hosting;
using Minato.Server.Http.Api;
using Minato.Server.Listening;
using Minato.Server.Sessions;
using Minato.Wire.WebSocket.Handshake;

namespace Minato.Server.Http;

/// <summary>Kestrel on the sockets that are bound already, with the dispatcher before it and the page behind it.</summary>
internal static class WebHost
{
    /// <summary>Descriptors kept for the database, files and the server itself.</summary>
    private const int ReservedDescriptors = 256;

    internal static WebApplication Build(Listeners listeners, ControlSocket control, SessionContext context, Readiness readiness, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseSockets(sockets =>
        {
            sockets.Backlog = Sidecar.ListeningSocket.Backlog;
            sockets.CreateBoundListenSocket = endPoint =>
                listeners.Sockets.FirstOrDefault(s => Equals(s.LocalEndPoint, endPoint))
                ?? Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets.SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        });
        var rules = new UpgradeRules(new HostPolicy([]), ExtraOrigins: [], RefuseForwarded: context.Admission.LetsGuestsIn);
        var dispatcher = new ConnectionDispatcher(context, rules, logs.CreateLogger<ConnectionDispatcher>());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Limit(kestrel.Limits);
            kestrel.AddServerHeader = false;
            foreach (var endPoint in listeners.EndPoints)
                kestrel.Listen(endPoint, listen =>
                {
                    listen.Protocols = HttpProtocols.Http1;
                    listen.Use(next => connection => dispatcher.OnConnectedAsync(connection, next));
                });
            kestrel.ListenUnixSocket(control.Path, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.MarkAsControl();
            });
        });
        var app = builder.Build();
        app.UseControl(context);
        context.Requests.UseOn(app);
        app.UseManners(rules);
        var api = new ApiEndpoint(context, rules, logs.CreateLogger<ApiEndpoint>());
        api.UseOn(app);
        app.UseRouting();
        api.MapOn(app);
        app.MapWebSocket(context, rules);
        app.MapOpenApi();
        app.MapHealth();
        readiness.MapOn(app);
        app.MapMetrics(context);
        app.MapPage();
        return app;
    }

    private static void Limit(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = 64 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // Out of descriptors, Kestrel stops accepting for good: refuse the connection before that.
        if (MaxDescriptors() is { } descriptors)
            limits.MaxConcurrentConnections = Math.Max(64, descriptors - ReservedDescriptors);
    }

    private static long? MaxDescriptors()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(3);
        return long.TryParse(soft, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
