using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>
/// OPER, KILL, WALLOPS. https://modern.ircdocs.horse/#oper-message An operator is an admin of the server: by the login of the connection, or by OPER
/// with the name and the password of such an account. It gives these commands and nothing in rooms.
/// </summary>
internal static class OperatorCommands
{
    // OPER name password
    internal static async ValueTask OperAsync(IrcSession session, IrcMessage message)
    {
        if (session.Services.Admission.Access == Access.Token)
        {
            session.Replies.Add(Numeric.PasswordMismatch, "Password incorrect");
            return;
        }
        var (account, refused) = await session.Services.Accounts.Door.CheckAsync(message[0], message[1], session.Connection.Peer?.Address);
        if (account is null)
            session.Replies.Add(Numeric.PasswordMismatch, refused is null ? "Password incorrect" : $"Password incorrect: {refused.Sentence()}");
        else if (account.User.Role < ServerRole.Admin)
            session.Replies.Add(Numeric.NoOperatorHost, "That account is no admin of this server");
        else
        {
            session.Oper = account;
            session.Replies.Add(Numeric.YouAreOperator, "You are now an operator of this server");
            ModeCommands.Changed(session, "+o");
        }
    }

    // KILL nick [ comment ]
    /// <summary>Ends the IRC connections of somebody lower. Clients that come back by themselves do; a ban or an account that is shut is what keeps somebody out.</summary>
    internal static async ValueTask KillAsync(IrcSession session, IrcMessage message)
    {
        if (await RoleAsync(session) is not { } role)
        {
            Refuse(session);
            return;
        }
        if (await session.FindUserAsync(message[0]) is not { } subject)
            return;
        var clients = session.Services.Sessions.Of(subject.Id).OfType<IrcSession>().ToList();
        if (subject.Role >= role)
            session.Replies.Add(Numeric.NoPrivileges, "Permission Denied: they are no lower than you");
        else if (clients.Count == 0)
            session.Replies.Add(Numeric.NoSuchNick, Targets.Word(subject.Nick), "They are not connected over IRC");
        var reason = ChannelCommands.Reason(message[1].Length > 0 ? message[1] : "No reason was given");
        foreach (var client in subject.Role < role ? clients : [])
        {
            client.Say(output => new IrcWriter(output).Begin(session.Network.FaceOf(session.You!).Mask(session.You!), "KILL").Word(subject.Nick).End(reason));
            client.End($"Killed ({session.Nick} ({reason}))");
        }
    }

    // WALLOPS text
    internal static async ValueTask WallopsAsync(IrcSession session, IrcMessage message)
    {
        if (await RoleAsync(session) is null)
        {
            Refuse(session);
            return;
        }
        var text = ChannelCommands.Reason(message[0]);
        foreach (var client in session.Services.Sessions.All.OfType<IrcSession>().Where(c => c is { IsRegistered: true, HearsWallops: true }))
            client.Say(output => new IrcWriter(output).Begin(session.Network.FaceOf(session.You!).Mask(session.You!), "WALLOPS").End(text));
    }

    /// <summary>What they are on the server by now; null: no admin, or not any more.</summary>
    private static async ValueTask<ServerRole?> RoleAsync(IrcSession session)
    {
        var roles = new List<ServerRole>();
        // A token that only writes administers nothing; a password that was changed since is nobody's any more.
        if (session is { Administers: true, You: { } you } && await session.Services.Store.FindUserAsync(you.Uid, CancellationToken.None) is { Kind: UserKind.Account, Role: >= ServerRole.Admin and var role })
            roles.Add(role);
        if (session.Oper is { } oper && await session.Services.Accounts.Store.FindAccountAsync(oper.User.Id, CancellationToken.None) is { User.Role: >= ServerRole.Admin } now && Hashed(now) == Hashed(oper))
            roles.Add(now.User.Role);
        return roles.Count == 0 || !session.MayWrite ? null : roles.Max();
    }

    /// <summary>What SCRAM verifies by, behind the space, may have been made since.</summary>
    private static string Hashed(Account account) => account.PasswordHash.Split(' ')[0];

    private static void Refuse(IrcSession session) => session.Replies.Add(Numeric.NoPrivileges, "Permission Denied: you are no operator of this server");
}
