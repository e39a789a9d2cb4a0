using System.Collections.Frozen;
using System.Globalization;
using Minato.Core.Accounts;
using Minato.Core.Reports;
using Minato.Core.Rights;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Http;

/// <summary>Requests about accounts, by what they are about → the frame. What a value may be is Core's to say; here it is of the right shape.</summary>
internal static class AccountRequests
{
    private static readonly FrozenDictionary<string, Func<FrameFields, AccountFrame>> All = new Dictionary<string, Func<FrameFields, AccountFrame>>
    {
        ["signup"] = f => new SignUpFrame(Nick(f), Password(f), f.Invitation, f.Guest, f.Device, f.Cookie ?? false),
        ["login"] = f => new LogInFrame(Nick(f), Password(f), f.Known, f.Device, f.Cookie ?? false),
        ["recover"] = f => new RecoverFrame(Nick(f), f.Code ?? throw Missing("code"), Password(f), f.Device, f.Cookie ?? false),
        ["sessions"] = _ => new ListSessionsFrame(),
        ["end_session"] = f => f.Id == "current" ? new EndSessionsFrame(null, IsCurrent: true) : new EndSessionsFrame(Id(f), IsCurrent: false),
        ["end_sessions"] = _ => new EndSessionsFrame(null, IsCurrent: false),
        ["password"] = f => new ChangePasswordFrame(Password(f), f.New ?? throw Missing("new")),
        ["recovery_codes"] = f => new RecoveryCodesFrame(Password(f)),
        ["delete_me"] = f => new DeleteMeFrame(Password(f)),
        ["tokens"] = _ => new ListTokensFrame(),
        ["make_token"] = f => new MakeTokenFrame(f.Name ?? throw Missing("name"), Value<Scope>(f.Scope, "scope") ?? throw Missing("scope"), f.Expires),
        ["revoke_token"] = f => new RevokeTokenFrame(Id(f)),
        ["accounts"] = _ => new ListAccountsFrame(),
        ["change_account"] = ChangeAccount,
        ["invitations"] = _ => new ListInvitationsFrame(),
        ["make_invitation"] = f => new MakeInvitationFrame(Role(f), Uses(f), f.Expires),
        ["revoke_invitation"] = f => new RevokeInvitationFrame(Id(f)),
        ["settings"] = _ => new SettingsFrame(),
        ["change_settings"] = f => new ChangeSettingsFrame(Value<SignUpPolicy>(f.SignUp, "signup"), Value<DepartedMessages>(f.Departed, "departed")),
        ["purge"] = f => new PurgeFrame(f.User ?? throw Missing("user"), f.Deactivate ?? false),
        ["reports"] = f => new ListReportsFrame(IsOpen(f), f.Before, ClientFrameReader.Limit(f, ifAbsent: 50, max: 100)),
        ["resolve_report"] = f => new ResolveReportFrame(Number(f), Value<Resolution>(f.Resolution, "resolution") ?? throw Missing("resolution")),
        ["audit"] = f => new AuditFrame(f.Before, ClientFrameReader.Limit(f, ifAbsent: 100, max: 500)),
    }.ToFrozenDictionary();

    internal static bool Knows(string op) => All.ContainsKey(op);

    internal static AccountFrame Build(string op, FrameFields fields) => All[op](fields);

    private static AdministrationFrame ChangeAccount(FrameFields f)
    {
        var user = f.User ?? throw Missing("user");
        return (f.Active, f.Role) switch
        {
            ({ } active, null) => new ActivateFrame(user, active),
            (null, not null) => new ServerRoleFrame(user, Role(f)),
            _ => throw new FrameException("bad_frame", "One change at a time: \"active\" or \"role\"."),
        };
    }

    private static string Nick(FrameFields f) => f.Nick ?? throw Missing("nick");

    private static string Password(FrameFields f) => f.Password ?? throw Missing("password");

    private static Guid Id(FrameFields f) => Guid.TryParseExact(f.Id, "D", out var id) ? id : throw new FrameException("bad_frame", "\"id\" is not a UUID.");

    private static long Number(FrameFields f) => long.TryParse(f.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw new FrameException("bad_frame", "\"id\" is a report's number.");

    private static bool IsOpen(FrameFields f) => f.State switch
    {
        null or "open" => true,
        "resolved" => false,
        _ => throw new FrameException("bad_frame", "\"state\" is open or resolved."),
    };

    private static ServerRole Role(FrameFields f) => f.Role is null ? ServerRole.Member
        : Value<ServerRole>(f.Role, "role") is { } role and not ServerRole.Guest ? role
        : throw new FrameException("bad_frame", "\"role\" is member, admin or owner.");

    private static int Uses(FrameFields f) => f.Uses is null ? 1
        : f.Uses is >= 1 and <= MakeInvitation.MostUses ? (int)f.Uses
        : throw new FrameException("bad_frame", $"\"uses\" is 1 to {MakeInvitation.MostUses}.");

    /// <summary>The word for one of a few things; null where it is not there.</summary>
    private static T? Value<T>(string? word, string field)
        where T : struct, Enum
    {
        if (word is null)
            return null;
        // Letters only: a number would be a value, too.
        if (word.All(char.IsAsciiLetterLower) && Enum.TryParse<T>(word, ignoreCase: true, out var value))
            return value;
        throw new FrameException("bad_frame", $"\"{field}\" is {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");
    }

    private static FrameException Missing(string field) => new("bad_frame", $"\"{field}\" is missing.");
}
