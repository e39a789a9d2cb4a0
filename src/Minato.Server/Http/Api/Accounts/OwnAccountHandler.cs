using Microsoft.AspNetCore.Http;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Server.Accounts;
using Minato.Server.Sessions;
using Minato.Wire.Http;

namespace Minato.Server.Http.Api.Accounts;

/// <summary>What somebody wants of their own account.</summary>
internal sealed class OwnAccountHandler(SessionContext context)
{
    private readonly OwnPasskeysHandler _passkeys = new(context);

    private IAccountStore Store => context.Accounts.Store;

    internal async Task HandleAsync(HttpContext http, ApiRoute route, OwnFrame frame, Identity login, ApiCaller caller)
    {
        var you = login.User!;
        // A session that a host has opened owns nothing in the store, least of all the row by which the host's person is found again.
        if (login.Credential is null)
        {
            await Problem.Of(new Refused(Refusal.Forbidden)).WriteAsync(http);
            return;
        }
        switch (frame)
        {
            case ListSessionsFrame:
                var sessions = await Store.ListSessionsAsync(you.Id, CancellationToken.None);
                await ApiHandler.WriteAsync(http, route.Status, frames => frames.Sessions(sessions, login.Credential?.Id));
                break;
            case EndSessionsFrame end:
                await EndSessionsAsync(http, route, end, login, caller);
                break;
            case ChangePasswordFrame change:
                await ChangePasswordAsync(http, route, change, login, caller);
                break;
            case RecoveryCodesFrame codes:
                await MakeCodesAsync(http, route, codes, you, caller);
                break;
            case DeleteMeFrame delete:
                await DeleteAsync(http, route, delete, you, caller);
                break;
            case ListTokensFrame:
                var tokens = await Store.ListTokensAsync(you.Id, CancellationToken.None);
                await ApiHandler.WriteAsync(http, route.Status, frames => frames.Tokens(tokens));
                break;
            case MakeTokenFrame make:
                await MakeTokenAsync(http, route, make, you, caller);
                break;
            case RevokeTokenFrame revoke:
                await context.DoAsync(http, route, new RevokeToken(you, new CredentialId(revoke.Id)), caller);
                break;
            case OwnPasskeyFrame passkey:
                await _passkeys.HandleAsync(http, route, passkey, you, login.Credential.Id, caller);
                break;
            default:
                throw new InvalidOperationException($"No answer for {frame.GetType().Name}.");
        }
    }

    private async Task EndSessionsAsync(HttpContext http, ApiRoute route, EndSessionsFrame frame, Identity login, ApiCaller caller)
    {
        var own = login.Credential?.Id;
        var id = frame.IsCurrent ? own : frame.Id is { } other ? new CredentialId(other) : (CredentialId?)null;
        if (!frame.KeepsCurrent && (id is null || id == own))
            context.Accounts.Cookie.Clear(http);
        await context.DoAsync(http, route, new EndSessions(login.User!, id, Kept: frame.KeepsCurrent ? own : null), caller);
    }

    private async Task ChangePasswordAsync(HttpContext http, ApiRoute route, ChangePasswordFrame frame, Identity login, ApiCaller caller)
    {
        if (Password.Normalize(frame.New, context.Accounts.Hashing.Least) is not { } password)
            await Problem.Of(new Refused(Refusal.BadPassword)).WriteAsync(http);
        else if (await ConfirmAsync(http, login.User!, frame.Password) is not { } account)
            return;
        else if (await context.Accounts.Hashing.HashAsync(password) is not { } hash)
            await Problem.Of(Doorkeeper.Busy).WriteAsync(http);
        else
            await context.DoAsync(http, route, new ChangePassword(login.User!, account.PasswordHash, hash, login.Credential?.Id), caller);
    }

    private async Task MakeCodesAsync(HttpContext http, ApiRoute route, RecoveryCodesFrame frame, User you, ApiCaller caller)
    {
        if (await ConfirmAsync(http, you, frame.Password) is null)
            return;
        string[] codes = [.. Enumerable.Range(0, RecoveryCode.Count).Select(_ => RecoveryCode.New())];
        if (await context.TryDoAsync(http, new SetRecoveryCodes(you, [.. codes.Select(c => RecoveryCode.Hash(c)!)]), caller))
            await ApiHandler.WriteAsync(http, route.Status, frames => frames.Codes(codes));
    }

    private async Task DeleteAsync(HttpContext http, ApiRoute route, DeleteMeFrame frame, User you, ApiCaller caller)
    {
        if (await ConfirmAsync(http, you, frame.Password) is not { } account)
            return;
        var settings = await Store.ReadSettingsAsync(CancellationToken.None);
        // What is decided, and what is erased, is found out in the transaction; this only spares it the long walk.
        var seen = settings.Departed == DepartedMessages.Erase ? await Store.FindWrittenInAsync(you.Id, CancellationToken.None) : null;
        context.Accounts.Cookie.Clear(http);
        await context.DoAsync(http, route, new DeleteAccount(you, account.PasswordHash, seen), caller);
    }

    private async Task MakeTokenAsync(HttpContext http, ApiRoute route, MakeTokenFrame frame, User you, ApiCaller caller)
    {
        var token = AccessToken.New();
        if (Label.Normalize(frame.Name) is not { } name)
            await Problem.Of(new Refused(Refusal.BadLabel)).WriteAsync(http);
        else if (await context.TryDoAsync(http, new MakeToken(you, token.Hash, name, frame.Scope, frame.Expires), caller))
            await ApiHandler.WriteAsync(http, route.Status, frames => frames.Made("token", token.Text, CredentialId.Of(token.Hash)));
    }

    /// <summary>Null: not confirmed, and answered.</summary>
    private async Task<Account?> ConfirmAsync(HttpContext http, User you, string password)
    {
        var (account, refused) = await context.Accounts.Door.ConfirmAsync(you, password);
        if (refused is not null)
            await Problem.Of(refused).WriteAsync(http);
        return account;
    }
}
