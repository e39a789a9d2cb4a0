using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Accounts;

namespace Minato.Server.Operating;

/// <summary>Does what the operator asks for, whether a server runs or not; every act of theirs stands in the audit log, too.</summary>
/// <param name="accounts">The same store, as it is asked about accounts.</param>
/// <param name="url">Where the page is.</param>
internal sealed class OperatorDesk(
    IStore store, IAccountStore accounts, Func<Command, Task<Outcome>> commit, PasswordHashing hashing, string url, TimeProvider clock)
{
    private readonly OperatorUsers _users = new(store, accounts, commit, hashing, url, clock);
    private readonly OperatorRooms _rooms = new(store, accounts, commit, clock);
    private readonly OperatorTokens _tokens = new(store, accounts, commit, clock);

    internal async Task<OperatorAnswer> AnswerAsync(OperatorRequest request) => request.Act switch
    {
        _ when request.Limit is < 1 or > OperatorRequest.MostListed => No($"A list has 1 to {OperatorRequest.MostListed} entries."),
        "audit" => await AuditAsync(request),
        _ => await (request.Act.Split('.')[0] switch
        {
            "user" => _users.AnswerAsync(request),
            "room" => _rooms.AnswerAsync(request),
            "token" => _tokens.AnswerAsync(request),
            _ => Task.FromResult(Unknown(request)),
        }),
    };

    internal static OperatorAnswer Unknown(OperatorRequest request) => No($"There is no act {request.Act}.");

    internal static OperatorAnswer No(string error) => new() { Error = error };

    /// <summary>Somebody with an account, by any spelling of their name.</summary>
    internal static async Task<User?> FindAsync(IAccountStore accounts, string? name) =>
        Nick.Normalize(name ?? "") is { } nick
            ? (await accounts.ListAccountsAsync(CancellationToken.None)).FirstOrDefault(u => Nick.Key(u.Nick) == Nick.Key(nick))
            : null;

    internal static OperatorAnswer NoAccount() => No("Nobody of that name has an account. See minato user list.");

    private async Task<OperatorAnswer> AuditAsync(OperatorRequest request)
    {
        var entries = await accounts.ReadAuditAsync(request.Before, request.Limit, CancellationToken.None);
        return new OperatorAnswer
        {
            Audit = [.. entries.Select(e => new OperatorNote(e.Id, e.At, e.By?.Nick, e.By?.Uid, e.Act, e.Subject?.Nick, e.Subject?.Uid, e.Detail))],
            More = entries.Count == request.Limit,
        };
    }
}
