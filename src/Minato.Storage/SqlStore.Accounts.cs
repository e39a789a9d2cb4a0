using Minato.Core.Accounts;
using Minato.Core.Reports;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Reading;

namespace Minato.Storage;

public abstract partial class SqlStore : IAccountStore
{
    public ValueTask<Credential?> FindCredentialAsync(byte[] hash, CancellationToken cancel) => ReadAsync((hash, Now), CredentialReader.Find, cancel);

    public ValueTask<Account?> FindAccountAsync(string nick, CancellationToken cancel) => ReadAsync(nick, AccountReader.ByNick, cancel);

    public ValueTask<Account?> FindAccountAsync(UserId user, CancellationToken cancel) => ReadAsync(user, AccountReader.ById, cancel);

    public ValueTask<IReadOnlyList<User>> ListAccountsAsync(CancellationToken cancel) => ReadAsync<int, IReadOnlyList<User>>(0, AccountReader.All, cancel);

    public ValueTask<bool> HasOwnerAsync(CancellationToken cancel) => ReadAsync(0, AccountReader.HasOwner, cancel);

    public ValueTask<IReadOnlyList<RoomId>> ListRoomsWrittenInAsync(UserId user, CancellationToken cancel) =>
        ReadAsync<UserId, IReadOnlyList<RoomId>>(user, AccountReader.RoomsWrittenIn, cancel);

    public ValueTask<IReadOnlyList<SessionInfo>> ListSessionsAsync(UserId user, CancellationToken cancel) =>
        ReadAsync<(UserId, long), IReadOnlyList<SessionInfo>>((user, Now), CredentialReader.Sessions, cancel);

    public ValueTask<IReadOnlyList<TokenInfo>> ListTokensAsync(UserId user, CancellationToken cancel) =>
        ReadAsync<UserId, IReadOnlyList<TokenInfo>>(user, CredentialReader.Tokens, cancel);

    public ValueTask<IReadOnlyList<InvitationInfo>> ListInvitationsAsync(CancellationToken cancel) =>
        ReadAsync<long, IReadOnlyList<InvitationInfo>>(Now, InvitationReader.Usable, cancel);

    public ValueTask<int> CountRecoveryCodesAsync(UserId user, CancellationToken cancel) => ReadAsync(user, AccountReader.RecoveryCodes, cancel);

    public ValueTask<WorkspaceSettings> ReadSettingsAsync(CancellationToken cancel) => ReadAsync(0, SettingsReader.Read, cancel);

    public ValueTask<WorkspaceKeys> ReadKeysAsync(CancellationToken cancel) => ReadAsync(0, SettingsReader.Keys, cancel);

    public ValueTask<ReportPage> ReadReportsAsync(bool isOpen, long? before, int limit, CancellationToken cancel) =>
        ReadAsync((isOpen, before, limit), ReportReader.Page, cancel);

    public ValueTask<long> CountOpenReportsAsync(CancellationToken cancel) => ReadAsync(0, ReportReader.CountOpen, cancel);

    public ValueTask<IReadOnlyList<AuditEntry>> ReadAuditAsync(long? before, int limit, CancellationToken cancel) =>
        ReadAsync<(long?, int), IReadOnlyList<AuditEntry>>((before, limit), AuditReader.Newest, cancel);
}
