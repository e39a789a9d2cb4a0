using Microsoft.AspNetCore.Http;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Server.Accounts.Passkeys;
using Minato.Server.Sessions;
using Minato.Wire.Http;

namespace Minato.Server.Http.Api.Accounts;

/// <summary>What somebody wants of their own passkeys.</summary>
internal sealed class OwnPasskeysHandler(SessionContext context)
{
    private Authenticators Authenticators => context.Accounts.Authenticators;

    /// <param name="session">In which it is asked.</param>
    internal Task HandleAsync(HttpContext http, ApiRoute route, OwnPasskeyFrame frame, User you, CredentialId session, ApiCaller caller) => frame switch
    {
        ListPasskeysFrame => ListAsync(http, route, you),
        PasskeyOptionsFrame options => AskForNewAsync(http, route, options, you, session),
        AddPasskeyFrame add => AddAsync(http, route, add, you, session, caller),
        RenamePasskeyFrame rename => RenameAsync(http, route, rename, you, caller),
        DeletePasskeyFrame delete => context.DoAsync(http, route, new DeletePasskey(you, new CredentialId(delete.Id)), caller),
        _ => throw new InvalidOperationException($"No answer for {frame.GetType().Name}."),
    };

    private async Task ListAsync(HttpContext http, ApiRoute route, User you)
    {
        var passkeys = await context.Accounts.Store.ListPasskeysAsync(you.Id, CancellationToken.None);
        await ApiHandler.WriteAsync(http, route.Status, frames => frames.Passkeys(passkeys));
    }

    /// <summary>By the password: who finds a page open must not leave a key of their own behind.</summary>
    private async Task AskForNewAsync(HttpContext http, ApiRoute route, PasskeyOptionsFrame frame, User you, CredentialId session)
    {
        if (context.Accounts.PasskeySiteOf(http) is not { } site)
            await RefuseAsync(http, Refusal.NoPasskeysHere);
        else if (await context.Accounts.Door.ConfirmAsync(you, frame.Password) is { Refused: { } refused })
            await Problem.Of(refused).WriteAsync(http);
        else
        {
            var asked = await Authenticators.AskForNewAsync(http, site, you, session);
            await ApiHandler.WriteAsync(http, route.Status, frames => frames.Ceremony(asked.Ceremony, asked.Options));
        }
    }

    private async Task AddAsync(HttpContext http, ApiRoute route, AddPasskeyFrame frame, User you, CredentialId session, ApiCaller caller)
    {
        if (Label.Normalize(frame.Name) is not { } name)
            await RefuseAsync(http, Refusal.BadLabel);
        else if (context.Accounts.PasskeySiteOf(http) is not { } site)
            await RefuseAsync(http, Refusal.NoPasskeysHere);
        else if (await Authenticators.ReadNewAsync(http, site, session, frame.Ceremony, frame.Credential) is not { } passkey)
            await RefuseAsync(http, Refusal.BadPasskey);
        else if (await context.TryDoAsync(http, new AddPasskey(you, passkey, name), caller))
            await ApiHandler.WriteAsync(http, route.Status, frames => frames.PasskeyAdded(passkey.Id));
    }

    private Task RenameAsync(HttpContext http, ApiRoute route, RenamePasskeyFrame frame, User you, ApiCaller caller) => Label.Normalize(frame.Name) is { } name
        ? context.DoAsync(http, route, new RenamePasskey(you, new CredentialId(frame.Id), name), caller)
        : RefuseAsync(http, Refusal.BadLabel);

    private static Task RefuseAsync(HttpContext http, Refusal refusal) => Problem.Of(new Refused(refusal)).WriteAsync(http);
}
