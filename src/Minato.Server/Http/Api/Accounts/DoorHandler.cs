using Microsoft.AspNetCore.Http;
using Minato.Core.Commands;
using Minato.Server.Accounts;
using Minato.Server.Log;
using Minato.Server.Sessions;
using Minato.Wire.Http;

namespace Minato.Server.Http.Api.Accounts;

/// <summary>Whoever asks to be let in.</summary>
internal sealed class DoorHandler(SessionContext context)
{
    internal async Task HandleAsync(HttpContext http, ApiRoute route, DoorFrame frame, Lane lane)
    {
        if (await IsClosedAsync(http))
            return;
        var (door, address) = (context.Accounts.Door, http.Connection.RemoteIpAddress);
        var answer = frame switch
        {
            SignUpFrame f => await door.SignUpAsync(new NewAccount(f.Nick, f.Password, f.Invitation, f.Guest, f.Device), address, lane),
            LogInFrame f => await door.LogInAsync(new Login(f.Nick, f.Password, f.Known ?? KnownOf(http), f.Device), address, lane),
            PasskeyLogInFrame f => context.Accounts.PasskeySiteOf(http) is { } site
                ? await door.LogInAsync(new PasskeyLogin(await context.Accounts.Authenticators.ReadWhoAsync(http, site, f.Ceremony, f.Credential), f.Device), lane)
                : DoorAnswer.No(Refusal.NoPasskeysHere),
            RecoverFrame f => await door.RecoverAsync(new Recovery(f.Nick, f.Code, f.Password, f.Device), address, lane),
            _ => throw new InvalidOperationException($"No answer for {frame.GetType().Name}."),
        };
        if (answer.Opened is not { } opened)
        {
            await Problem.Of(answer.Refused!).WriteAsync(http);
            return;
        }
        if (frame.Cookie)
            context.Accounts.Cookie.Set(http, opened);
        // What is a cookie is no script's to know.
        await ApiHandler.WriteAsync(http, route.Status, frames => frames.Opened(
            frame.Cookie ? null : opened.Session.Text, frame.Cookie ? null : opened.Device, opened.User));
    }

    /// <summary>Answers whoever wants to log in by a passkey with what it is to sign.</summary>
    internal async Task AskWhoAsync(HttpContext http, ApiRoute route)
    {
        if (await IsClosedAsync(http))
            return;
        if (context.Accounts.PasskeySiteOf(http) is not { } site)
        {
            await Problem.Of(new Refused(Refusal.NoPasskeysHere)).WriteAsync(http);
            return;
        }
        var asked = await context.Accounts.Authenticators.AskWhoAsync(http, site);
        await ApiHandler.WriteAsync(http, route.Status, frames => frames.Ceremony(asked.Ceremony, asked.Options));
    }

    /// <summary>A host says who is in, by tickets.</summary>
    private async ValueTask<bool> IsClosedAsync(HttpContext http)
    {
        if (context.Admission.Access != Access.Token)
            return false;
        await Problem.Of(new Refused(Refusal.Forbidden)).WriteAsync(http);
        return true;
    }

    private string? KnownOf(HttpContext http) => context.Accounts.Cookie.FindDevice(Manners.ToRequest(http));
}
