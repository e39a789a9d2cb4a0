using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Minato.Server.Http;
using Minato.Server.Http.Api;
using Minato.Server.Listening;
using Minato.Server.Sessions;

namespace Minato.Server.Tests;

/// <summary>The API on a real socket over a server whose clock and store the test holds.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiHost(SessionHost host, WebApplication app, Readiness readiness) => (Host, _app, Readiness) = (host, app, readiness);

    public SessionHost Host { get; }

    public Readiness Readiness { get; }

    public SessionContext Context => Host.Context;

    public string Url => _app.Urls.First();

    public static async Task<ApiHost> StartAsync(Access access = Access.Guests, string? token = null, bool rateLimits = true)
    {
        var host = new SessionHost(access, token, rateLimits);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        var rules = new FrontRules(new MinatoOptions(), certificate: null, letsGuestsIn: access == Access.Guests);
        var api = new ApiEndpoint(host.Context, rules, NullLogger<ApiEndpoint>.Instance);
        host.Context.Requests.UseOn(app);
        app.UseManners(rules);
        api.UseOn(app);
        app.UseRouting();
        api.MapOn(app);
        var readiness = new Readiness(host.Context.Log, host.Context.Sessions);
        readiness.MapOn(app);
        app.MapMetrics(host.Context);
        new DoorEndpoint(host.Context).MapOn(app);
        await app.StartAsync();
        return new ApiHost(host, app, readiness);
    }

    /// <summary>Somebody with a session of their own.</summary>
    public Task<ApiClient> GuestAsync(string nick) => ApiClient.GuestAsync(Url, nick);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Host.DisposeAsync();
    }
}
