using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Server.Listening;
using Minato.Server.Log;
using Minato.Server.Sessions;
using Minato.Wire.WebSocket.Handshake;

namespace Minato.Server.Http.Api;

/// <summary>
/// <c>/api</c>: what every request to it passes, and what becomes of those that end otherwise than by an answer. A page of another origin is a
/// stranger here whatever it asks.
/// </summary>
internal sealed partial class ApiEndpoint(SessionContext context, FrontRules rules, ILogger<ApiEndpoint> log)
{
    private readonly Quotas _quotas = new(context.Options, context.Clock);

    /// <summary>Before the routes are chosen, so that it also sees what none of them fits.</summary>
    internal void UseOn(WebApplication app) => app.Use(next => http => IsApi(http.Request.Path) ? GuardAsync(http, next) : next(http));

    internal void MapOn(IEndpointRouteBuilder app)
    {
        var handler = new ApiHandler(context, _quotas);
        foreach (var route in ApiRoutes.All)
            app.MapMethods(route.Path, [route.Method], http => handler.HandleAsync(http, route, (Quota)http.Items[typeof(Quota)]!));
    }

    /// <summary>In any case, as routes are.</summary>
    internal static bool IsApi(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    private async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (UpgradePolicy.RefuseOrigin(Manners.ToRequest(http), rules.Upgrades) is { } stranger)
        {
            await http.RefuseAsync(stranger);
            return;
        }
        if (_quotas.TryEnter(http.Connection.RemoteIpAddress) is not { } quota)
        {
            await ApiHandler.TooManyAtOnce.WriteAsync(http);
            return;
        }
        http.Items[typeof(Quota)] = quota;
        try
        {
            if (await RunAsync(http, next) is { } problem)
                await problem.WriteAsync(http);
        }
        finally
        {
            _quotas.Exit(quota);
        }
    }

    private async Task<Problem?> RunAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
            return http.Response.HasStarted ? null : http.Response.StatusCode switch
            {
                StatusCodes.Status404NotFound => new Problem(404, "no_such_path", "There is nothing at this address. /openapi/v1.json lists what there is."),
                StatusCodes.Status405MethodNotAllowed => new Problem(405, "method_not_allowed", "This address has other methods: see Allow."),
                _ => null,
            };
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new Problem(413, "request_too_large", "A request's body is at most 64 KiB.")
                : new Problem(e.StatusCode, "bad_request", e.Message);
        }
        catch (StoreAwayException)
        {
            return Problem.Of(new Refused(Refusal.StorageAway, LogWriter.OutageRetryAfter));
        }
        catch (ObjectDisposedException e) when (e.ObjectName == nameof(IServiceProvider))
        {
            // The first request of a server that stops meanwhile: it has not even been looked at.
            return Problem.Of(new Refused(Refusal.Busy, LogWriter.OutageRetryAfter));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            LogTrouble(http.Request.Method, http.GetEndpoint()?.DisplayName ?? "", e);
            return new Problem(500, "internal", "The server made a mistake; its log says which. Nothing is known of what was asked.");
        }
    }

    [LoggerMessage(230, LogLevel.Error, "A request failed: {Method} {Endpoint}")]
    private partial void LogTrouble(string method, string endpoint, Exception e);
}
