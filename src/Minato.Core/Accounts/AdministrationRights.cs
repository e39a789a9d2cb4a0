using Minato.Core.Commands;
using Minato.Core.Rights;

namespace Minato.Core.Accounts;

/// <summary>Who may do what for the whole server: the one function that every administrative act passes.</summary>
public static class AdministrationRights
{
    /// <summary>Whether somebody sees who has an account, the invitations, the reports and the audit log.</summary>
    public static bool MayLook(ServerRole role) => role >= ServerRole.Admin;

    /// <summary>Null: allowed.</summary>
    /// <param name="role">Of the one who acts.</param>
    /// <param name="subject">Of the one whom it is about; what it is about has none where there is nobody.</param>
    /// <param name="isOneself">Whether it is about the one who acts.</param>
    public static Refusal? Check(AdministrativeCommand command, ServerRole role, ServerRole? subject = null, bool isOneself = false) => command switch
    {
        // Who is more than a member is an owner's to say, on whatever way.
        MakeInvitation invitation => invitation.Role == ServerRole.Member ? AtLeast(ServerRole.Admin, role) : AtLeast(ServerRole.Owner, role),
        RevokeInvitation => AtLeast(ServerRole.Admin, role),
        SetActive => subject < role ? AtLeast(ServerRole.Admin, role) : AtLeast(ServerRole.Owner, role),
        // Who wants their own messages gone erases them room by room, or leaves for good; here it would be a way to hide from others' eyes.
        Purge when isOneself => Refusal.Forbidden,
        Purge => subject < role ? AtLeast(ServerRole.Admin, role) : AtLeast(ServerRole.Owner, role),
        ResolveReport => isOneself ? AtLeast(ServerRole.Owner, role) : AtLeast(ServerRole.Admin, role),
        ChangeSettings => AtLeast(ServerRole.Owner, role),
        // The operator's alone.
        MakeOwnerLink or ResetPassword => Refusal.Forbidden,
        _ => throw new InvalidOperationException($"No right for {command.GetType().Name}."),
    };

    private static Refusal? AtLeast(ServerRole needed, ServerRole role) => role >= needed ? null : Refusal.Forbidden;
}
