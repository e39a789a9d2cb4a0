using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Minato.Server.Hosting;
using Minato.Server.Http.Api;
using Minato.Server.Http.Embedding;
using Minato.Server.Listening;
using Minato.Server.Listening.Sockets;
using Minato.Server.Sessions;

namespace Minato.Server.Http;

/// <summary>Kestrel on the sockets that are bound already, with the dispatcher before it and the page behind it.</summary>
internal static class WebHost
{
    internal static WebApplication Build(
        Listeners listeners, ControlSocket control, SessionContext context, FrontRules rules, ConnectionDispatcher dispatcher, Readiness readiness, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseSockets();
        builder.Services.AddSingleton<IConnectionListenerFactory>(services => new FrontListenerFactory(
            listeners, dispatcher, services.GetRequiredService<IOptions<SocketTransportOptions>>(), services.GetRequiredService<IMemoryPoolFactory<byte>>(), logs));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Limit(kestrel.Limits);
            kestrel.AddServerHeader = false;
            foreach (var endPoint in listeners.EndPoints)
                kestrel.Listen(endPoint, listen => listen.UseDetection(dispatcher, rules.Certificate));
            kestrel.ListenUnixSocket(control.Path, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.MarkAsControl();
            });
        });
        var app = builder.Build();
        app.UseControl(context, () => rules.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? listeners.Url);
        context.Requests.UseOn(app);
        readiness.UseOn(app);
        app.UseForwarding(rules.Proxies);
        app.UseManners(rules);
        app.UseHttpsRedirection(rules);
        var api = new ApiEndpoint(context, rules, logs.CreateLogger<ApiEndpoint>());
        api.UseOn(app);
        app.UseRouting();
        api.MapOn(app);
        app.MapWebSocket(context, rules);
        app.MapOpenApi();
        app.MapHealth();
        readiness.MapOn(app);
        app.MapMetrics(context);
        app.MapEmbed(context);
        new DoorEndpoint(context).MapOn(app);
        app.MapPage();
        return app;
    }

    private static void Limit(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = 64 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    }
}
