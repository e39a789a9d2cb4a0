using Minato.Core.Storage;
using Minato.Server.Accounts;

namespace Minato.Server.Sessions.Tickets;

/// <summary>
/// Sessions of the people whom a host has named, made when their ticket was taken. They end with the launch token, which is new at each start unless the
/// host says which: the page asks for another ticket, and nothing is left in a database that still opens it.
/// </summary>
internal sealed class HostSessions(IVoucherBook vouchers, string? launchToken)
{
    /// <summary>Some MiB. Beyond that the oldest ends: its page asks for a ticket when it comes back.</summary>
    internal const int Max = 10_000;

    /// <summary>Unused for 30 days, half of its life, it may be over.</summary>
    internal static readonly VoucherKind Kind = new(2, TimeSpan.FromDays(60), Max);

    internal async ValueTask<SessionToken> OpenAsync(Guid person)
    {
        var session = SessionToken.New();
        await vouchers.AddAsync(Kind, HashOf(session), countedBy: "", person.ToString(), CancellationToken.None);
        return session;
    }

    internal async ValueTask<Guid?> FindAsync(SessionToken session) =>
        launchToken is not null && await vouchers.FindAsync(Kind, HashOf(session), CancellationToken.None) is { } person ? Guid.Parse(person) : null;

    private byte[] HashOf(SessionToken session) => BoundSecret.Hash(launchToken ?? "", session.Text);
}
