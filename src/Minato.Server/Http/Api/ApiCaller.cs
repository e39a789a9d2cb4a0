using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Server.Log;
using Minato.Server.Sessions;
using Minato.Server.Sessions.Acts;

namespace Minato.Server.Http.Api;

/// <summary>The one whom a request is from.</summary>
internal sealed class ApiCaller(Identity login, LogWriter log, Quota quota) : IActor
{
    public User? You { get; private set; } = login.User;

    internal Lane Lane => quota.Lane;

    /// <summary>What a command says as <see cref="Command.AskedBy"/>.</summary>
    internal byte[]? Credential => login.Credential?.Hash;

    public async ValueTask<Refused?> BecomeDurableAsync(string? nick)
    {
        if (You is not null)
            return null;
        if (login.Session is not { } session)
            return new Refused(Refusal.LoginRequired);
        (You, var refused) = await log.RegisterAsync(nick, Nick.Provisional(), session.Hash, Lane);
        return refused;
    }
}
