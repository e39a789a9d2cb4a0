using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;

namespace Minato.Storage.Writing.Accounts;

/// <summary>Every kind of command about accounts and who writes it; first of all, whether whoever wants it may.</summary>
internal sealed class AccountWriters
{
    private readonly WriteContext _context;
    private readonly SignUpWriter _signUps;
    private readonly PasswordWriter _passwords;
    private readonly CredentialWriter _credentials;
    private readonly TokenWriter _tokens;
    private readonly PasskeyWriter _passkeys;
    private readonly InvitationWriter _invitations;
    private readonly ActivityWriter _activity;
    private readonly DepartureWriter _departures;
    private readonly SettingsWriter _settings;
    private readonly PurgeWriter _purges;
    private readonly ReportWriter _reports;

    internal AccountWriters(
        WriteContext context, UserWriter users, MembershipWriter members, ErasureWriter erasures, ReportWriter reports, Blocks blocks, ServerRoleWriter roles,
        AuditWriter audit)
    {
        _context = context;
        _credentials = new CredentialWriter(context);
        _settings = new SettingsWriter(context, audit);
        _invitations = new InvitationWriter(context, audit);
        _signUps = new SignUpWriter(context, users, _credentials, _invitations, audit);
        _passwords = new PasswordWriter(context, _credentials, audit);
        _tokens = new TokenWriter(context, audit);
        _passkeys = new PasskeyWriter(context, _credentials);
        _activity = new ActivityWriter(context, roles, _credentials, audit);
        _departures = new DepartureWriter(context, members, erasures, reports, blocks, roles, _credentials, audit);
        _purges = new PurgeWriter(context, erasures, members, blocks, _activity, _credentials, audit);
        _reports = reports;
    }

    internal Outcome Apply(AccountCommand command) => command switch
    {
        SignUp signUp => _signUps.Apply(signUp),
        StartSession start => _passwords.Apply(start),
        StartPasskeySession start => _passkeys.Apply(start),
        Recover recover => _passwords.Apply(recover),
        NoteUse use => _credentials.Apply(use),
        OwnAccountCommand own => ApplyOwn(own),
        AdministrativeCommand act => ApplyAct(act),
        _ => throw new InvalidOperationException($"No writer for {command.GetType().Name}."),
    };

    private Outcome ApplyOwn(OwnAccountCommand command)
    {
        // A guest may end their session, and has nothing else.
        if (_context.User(command.Actor.Id) is not { } actor || actor.Kind == UserKind.Deactivated)
            return new Refused(Refusal.LoginRequired);
        if (actor.Kind != UserKind.Account && command is not EndSessions)
            return new Refused(Refusal.Forbidden);
        return command switch
        {
            ChangePassword change => _passwords.Apply(change, actor),
            EndSessions end => _credentials.Apply(end, actor),
            SetRecoveryCodes codes => _passwords.Apply(codes, actor),
            MakeToken make => _tokens.Apply(make, actor),
            RevokeToken revoke => _tokens.Apply(revoke, actor),
            AddPasskey add => _passkeys.Apply(add, actor),
            RenamePasskey rename => _passkeys.Apply(rename, actor),
            DeletePasskey delete => _passkeys.Apply(delete, actor),
            DeleteAccount delete => _departures.Apply(delete, actor),
            _ => throw new InvalidOperationException($"No writer for {command.GetType().Name}."),
        };
    }

    private Outcome ApplyAct(AdministrativeCommand command)
    {
        if (MayNot(command) is { } refusal)
            return new Refused(refusal);
        return command switch
        {
            MakeInvitation make => _invitations.Apply(make),
            RevokeInvitation revoke => _invitations.Apply(revoke),
            MakeOwnerLink link => _invitations.Apply(link),
            ChangeSettings change => _settings.Apply(change),
            SetActive active => _activity.Apply(active),
            Purge purge => _purges.Apply(purge),
            ResolveReport resolve => _reports.Apply(resolve),
            ResetPassword reset => _passwords.Apply(reset),
            IssueToken issue => _tokens.Apply(issue),
            WithdrawToken withdraw => _tokens.Apply(withdraw),
            _ => throw new InvalidOperationException($"No writer for {command.GetType().Name}."),
        };
    }

    private Refusal? MayNot(AdministrativeCommand command)
    {
        if (command.By is not { } stated)
            return null;
        if (_context.User(stated.Id) is not { Kind: UserKind.Account } actor)
            return Refusal.LoginRequired;
        var subject = command switch
        {
            SetActive about => about.Subject,
            Purge about => about.Subject,
            ResolveReport about => _reports.AuthorOf(about.Report),
            _ => (UserId?)null,
        };
        // Who has ended is nobody any more, and below everybody.
        var role = subject is { } id ? _context.User(id)?.Role ?? (command is Purge ? ServerRole.Guest : null) : null;
        return AdministrationRights.Check(command, actor.Role, role, isOneself: subject == actor.Id);
    }
}
