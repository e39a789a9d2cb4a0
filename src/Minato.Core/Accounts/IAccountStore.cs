using Minato.Core.Reports;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Accounts;

/// <summary>What is asked about accounts, and by nothing that the rooms need. Every change is a command, like any other.</summary>
public interface IAccountStore
{
    /// <summary>Who has an account under this name and may log in, or null.</summary>
    /// <param name="nick">Any spelling that folds to the same key.</param>
    ValueTask<Account?> FindAccountAsync(string nick, CancellationToken cancel);

    ValueTask<Account?> FindAccountAsync(UserId user, CancellationToken cancel);

    /// <summary>Everybody with an account, those who were deactivated, too, by when they came.</summary>
    ValueTask<IReadOnlyList<User>> ListAccountsAsync(CancellationToken cancel);

    /// <summary>Whether somebody is there who may do everything.</summary>
    ValueTask<bool> HasOwnerAsync(CancellationToken cancel);

    /// <summary>The rooms in which somebody has said anything, ever. It reads all that was said.</summary>
    ValueTask<IReadOnlyList<RoomId>> ListRoomsWrittenInAsync(UserId user, CancellationToken cancel);

    /// <summary>The one that was used last first.</summary>
    ValueTask<IReadOnlyList<SessionInfo>> ListSessionsAsync(UserId user, CancellationToken cancel);

    ValueTask<IReadOnlyList<TokenInfo>> ListTokensAsync(UserId user, CancellationToken cancel);

    /// <summary>Those that may still be used, the newest first.</summary>
    ValueTask<IReadOnlyList<InvitationInfo>> ListInvitationsAsync(CancellationToken cancel);

    /// <summary>How many of somebody's recovery codes are left.</summary>
    ValueTask<int> CountRecoveryCodesAsync(UserId user, CancellationToken cancel);

    ValueTask<WorkspaceSettings> ReadSettingsAsync(CancellationToken cancel);

    /// <summary>What this data is told apart from others by, on one host; it stays.</summary>
    ValueTask<WorkspaceKeys> ReadKeysAsync(CancellationToken cancel);

    /// <summary>What was reported, the newest first.</summary>
    /// <param name="isOpen">Those that are open, or those that are resolved.</param>
    /// <param name="before">The last one of the page before; null: from the newest.</param>
    ValueTask<ReportPage> ReadReportsAsync(bool isOpen, long? before, int limit, CancellationToken cancel);

    ValueTask<long> CountOpenReportsAsync(CancellationToken cancel);

    /// <summary>Administrative acts, the newest first.</summary>
    /// <param name="before">The last one of the page before; null: from the newest.</param>
    ValueTask<IReadOnlyList<AuditEntry>> ReadAuditAsync(long? before, int limit, CancellationToken cancel);
}

/// <param name="Instance">16 hexadecimal digits, no secret.</param>
/// <param name="DeviceKey">By which devices are recognised that somebody has logged in with: a secret.</param>
public sealed record WorkspaceKeys(string Instance, byte[] DeviceKey)
{
    /// <summary>Never in a log.</summary>
    public override string ToString() => Instance;
}
