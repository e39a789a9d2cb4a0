using Microsoft.AspNetCore.Http;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Server.Accounts;
using Minato.Server.Sessions;
using Minato.Wire.Http;

namespace Minato.Server.Http.Api.Accounts;

/// <summary>What somebody wants of the server as a whole. What may be looked at is asked here, what may be done in the transaction that does it.</summary>
internal sealed class AdministrationHandler(SessionContext context)
{
    /// <summary>Of an invitation of which nothing else was said.</summary>
    private static readonly TimeSpan InvitationLife = TimeSpan.FromDays(7);

    /// <summary>Of any invitation: a link that is good for ever is found again by somebody else.</summary>
    private static readonly TimeSpan LongestInvitation = TimeSpan.FromDays(365);

    private IAccountStore Store => context.Accounts.Store;

    internal Task HandleAsync(HttpContext http, ApiRoute route, AdministrationFrame frame, User you, ApiCaller caller) => frame switch
    {
        MakeInvitationFrame make => InviteAsync(http, route, make, you, caller),
        RevokeInvitationFrame revoke => context.DoAsync(http, route, new RevokeInvitation(you, new CredentialId(revoke.Id)), caller),
        ActivateFrame activate => AboutAsync(http, route, activate.User, subject => new SetActive(you, subject, activate.Active), you, caller),
        ResolveReportFrame resolve => context.DoAsync(http, route, new ResolveReport(you, resolve.Id, resolve.Resolution), caller),
        ServerRoleFrame role => AboutAsync(http, route, role.User, subject => new SetServerRole(you, null, subject, role.Role), you, caller),
        ChangeSettingsFrame change => ChangeSettingsAsync(http, route, change, you, caller),
        _ when !AdministrationRights.MayLook(you.Role) => Problem.Of(new Refused(Refusal.Forbidden)).WriteAsync(http),
        // Nobody else makes the server look through all that was ever said.
        PurgeFrame purge => PurgeAsync(http, route, purge, you, caller),
        _ => LookAsync(http, route, frame),
    };

    private async Task LookAsync(HttpContext http, ApiRoute route, AdministrationFrame frame)
    {
        switch (frame)
        {
            case ListAccountsFrame:
                var accounts = await Store.ListAccountsAsync(CancellationToken.None);
                await ApiHandler.WriteAsync(http, route.Status, frames => frames.Accounts(accounts));
                break;
            case ListInvitationsFrame:
                var invitations = await Store.ListInvitationsAsync(CancellationToken.None);
                await ApiHandler.WriteAsync(http, route.Status, frames => frames.Invitations(invitations));
                break;
            case SettingsFrame:
                await SettingsAsync(http, route);
                break;
            case ListReportsFrame list:
                var reports = await Store.ReadReportsAsync(list.IsOpen, list.Before, list.Limit, CancellationToken.None);
                await ApiHandler.WriteAsync(http, route.Status, frames => frames.Reports(reports));
                break;
            case AuditFrame audit:
                var entries = await Store.ReadAuditAsync(audit.Before, audit.Limit, CancellationToken.None);
                await ApiHandler.WriteAsync(http, route.Status, frames => frames.Audit(entries));
                break;
            default:
                throw new InvalidOperationException($"No answer for {frame.GetType().Name}.");
        }
    }

    private async Task InviteAsync(HttpContext http, ApiRoute route, MakeInvitationFrame frame, User you, ApiCaller caller)
    {
        var (secret, now) = (SessionToken.New(), context.Clock.GetUtcNow());
        var expires = frame.Expires ?? (now + InvitationLife).ToUnixTimeMilliseconds();
        var latest = (now + LongestInvitation).ToUnixTimeMilliseconds();
        if (await context.TryDoAsync(http, new MakeInvitation(you, secret.Hash, frame.Role, frame.Uses, Math.Min(expires, latest)), caller))
            await ApiHandler.WriteAsync(http, route.Status, frames => frames.Made("invitation", secret.Text, CredentialId.Of(secret.Hash)));
    }

    private async Task PurgeAsync(HttpContext http, ApiRoute route, PurgeFrame frame, User you, ApiCaller caller)
    {
        var outcome = await FindAsync(frame.User) is { } subject
            ? await Purging.RunAsync(Store, command => context.Log.SubmitAsync(command with { AskedBy = caller.Credential }, caller.Lane), you, subject.Id, frame.Deactivate)
            : new Refused(Refusal.NoSuchUser);
        if (outcome is Refused refused)
            await Problem.Of(refused).WriteAsync(http);
        else
            http.Response.StatusCode = route.Status;
    }

    private ValueTask<User?> FindAsync(string user) => Guid.TryParse(user, out var uid)
        ? context.Store.FindUserAsync(uid, CancellationToken.None)
        : context.Store.FindUserAsync(user, CancellationToken.None);

    private async Task AboutAsync(HttpContext http, ApiRoute route, string user, Func<UserId, Command> make, User you, ApiCaller caller)
    {
        var subject = await FindAsync(user);
        await (subject is null
            ? Problem.Of(new Refused(AdministrationRights.MayLook(you.Role) ? Refusal.NoSuchUser : Refusal.Forbidden)).WriteAsync(http)
            : context.DoAsync(http, route, make(subject.Id), caller));
    }

    private async Task ChangeSettingsAsync(HttpContext http, ApiRoute route, ChangeSettingsFrame frame, User you, ApiCaller caller)
    {
        if (await context.TryDoAsync(http, new ChangeSettings(you, frame.SignUp, frame.Departed), caller))
            await SettingsAsync(http, route);
    }

    private async Task SettingsAsync(HttpContext http, ApiRoute route)
    {
        var settings = await Store.ReadSettingsAsync(CancellationToken.None);
        await ApiHandler.WriteAsync(http, route.Status, frames => frames.Settings(settings));
    }
}
