using Microsoft.AspNetCore.Http;
using Minato.Server.Sessions;
using Minato.Wire.Http;

namespace Minato.Server.Http.Api.Accounts;

/// <summary>Carries out a request about accounts.</summary>
internal sealed class AccountHandler(SessionContext context)
{
    private readonly DoorHandler _doors = new(context);
    private readonly OwnAccountHandler _own = new(context);
    private readonly AdministrationHandler _administration = new(context);

    /// <param name="login">Who asks; of those routes that need somebody, somebody.</param>
    internal Task HandleAsync(HttpContext http, ApiRoute route, AccountFrame frame, Identity login, ApiCaller caller) => frame switch
    {
        PasskeyLoginOptionsFrame => _doors.AskWhoAsync(http, route),
        DoorFrame door => _doors.HandleAsync(http, route, door, caller.Lane),
        // A guest who is nobody yet has no account either.
        _ when login.User is null => Problem.LoginRequired("This takes somebody with an account.").WriteAsync(http),
        OwnFrame own => _own.HandleAsync(http, route, own, login, caller),
        AdministrationFrame act => _administration.HandleAsync(http, route, act, login.User, caller),
        _ => throw new InvalidOperationException($"No answer for {frame.GetType().Name}."),
    };
}
