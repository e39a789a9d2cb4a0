using Microsoft.AspNetCore.Http;
using Minato.Core.Commands;
using Minato.Server.Sessions;

namespace Minato.Server.Http.Api.Accounts;

/// <summary>A request that is one command.</summary>
internal static class Submitting
{
    /// <summary>Answers with the route's status and no more, or why not.</summary>
    internal static async Task DoAsync(this SessionContext context, HttpContext http, ApiRoute route, Command command, ApiCaller caller)
    {
        if (await context.TryDoAsync(http, command, caller))
            http.Response.StatusCode = route.Status;
    }

    /// <summary>False: refused, and answered.</summary>
    internal static async Task<bool> TryDoAsync(this SessionContext context, HttpContext http, Command command, ApiCaller caller)
    {
        if (await context.Log.SubmitAsync(command with { AskedBy = caller.Credential }, caller.Lane) is not Refused refused)
            return true;
        await Problem.Of(refused).WriteAsync(http);
        return false;
    }
}
