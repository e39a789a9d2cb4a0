using Minato.Core.Accounts;
using Minato.Core.Reports;
using Minato.Core.Rights;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Http;

/// <summary>What a request wants of accounts; docs/protocols/http.md is the authority.</summary>
public abstract record AccountFrame : ClientFrame;

/// <summary>Asks to be let in.</summary>
/// <param name="Device">What its owner calls the device.</param>
/// <param name="Cookie">Whether the session is to be a cookie of the server's own page.</param>
public abstract record DoorFrame(string Nick, string Password, string? Device, bool Cookie) : AccountFrame;

/// <param name="Guest">The session of the guest whom they have been so far.</param>
public sealed record SignUpFrame(string Nick, string Password, string? Invitation, string? Guest, string? Device, bool Cookie)
    : DoorFrame(Nick, Password, Device, Cookie);

/// <param name="Known">By which the device is recognised, from an earlier login.</param>
public sealed record LogInFrame(string Nick, string Password, string? Known, string? Device, bool Cookie) : DoorFrame(Nick, Password, Device, Cookie);

/// <param name="Password">The new one.</param>
public sealed record RecoverFrame(string Nick, string Code, string Password, string? Device, bool Cookie) : DoorFrame(Nick, Password, Device, Cookie);

/// <summary>What somebody wants of their own account.</summary>
public abstract record OwnFrame : AccountFrame;

public sealed record ListSessionsFrame : OwnFrame;

/// <param name="Id">Null: all of them.</param>
/// <param name="IsCurrent">The one by which it is asked.</param>
public sealed record EndSessionsFrame(Guid? Id, bool IsCurrent) : OwnFrame;

public sealed record ChangePasswordFrame(string Password, string New) : OwnFrame;

public sealed record RecoveryCodesFrame(string Password) : OwnFrame;

public sealed record DeleteMeFrame(string Password) : OwnFrame;

public sealed record ListTokensFrame : OwnFrame;

/// <param name="Expires">Milliseconds since 1970 UTC; null: never.</param>
public sealed record MakeTokenFrame(string Name, Scope Scope, long? Expires) : OwnFrame;

public sealed record RevokeTokenFrame(Guid Id) : OwnFrame;

/// <summary>What somebody wants of the server as a whole.</summary>
public abstract record AdministrationFrame : AccountFrame;

public sealed record ListAccountsFrame : AdministrationFrame;

public sealed record ActivateFrame(string User, bool Active) : AdministrationFrame;

public sealed record ServerRoleFrame(string User, ServerRole Role) : AdministrationFrame;

public sealed record ListInvitationsFrame : AdministrationFrame;

/// <param name="Expires">Milliseconds since 1970 UTC; null: in a week.</param>
public sealed record MakeInvitationFrame(ServerRole Role, int Uses, long? Expires) : AdministrationFrame;

public sealed record RevokeInvitationFrame(Guid Id) : AdministrationFrame;

public sealed record SettingsFrame : AdministrationFrame;

public sealed record ChangeSettingsFrame(SignUpPolicy? SignUp, DepartedMessages? Departed) : AdministrationFrame;

/// <summary>Erases all that somebody has said.</summary>
/// <param name="Deactivate">Also shuts them out.</param>
public sealed record PurgeFrame(string User, bool Deactivate) : AdministrationFrame;

/// <param name="IsOpen">Those that are open, or those that are resolved.</param>
/// <param name="Before">The id of the last one of the page before; null: from the newest.</param>
public sealed record ListReportsFrame(bool IsOpen, long? Before, int Limit) : AdministrationFrame;

public sealed record ResolveReportFrame(long Id, Resolution Resolution) : AdministrationFrame;

/// <param name="Before">The id of the last one of the page before; null: from the newest.</param>
public sealed record AuditFrame(long? Before, int Limit) : AdministrationFrame;
