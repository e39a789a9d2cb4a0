using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Accounts;

namespace Minato.Server.Sessions.Tickets;

/// <summary>The tickets that are out. Each is worth something with its launch token alone: who starts the server anew, with another, asks for new ones.</summary>
internal sealed class TicketBook(IVoucherBook vouchers, string? launchToken, TimeProvider clock)
{
    /// <summary>Tickets that are out at once: far more than a host opens pages in 30 s. Beyond that the oldest is worth nothing any more.</summary>
    internal const int Max = 1_000;

    private const string Somebody = "";

    internal static readonly VoucherKind Kind = new(1, Ticket.Lifetime, Max);

    /// <param name="person">Whom it lets in; null: somebody new.</param>
    internal async ValueTask<Ticket> IssueAsync(User? person)
    {
        var token = SessionToken.New();
        var expires = clock.GetUtcNow() + Ticket.Lifetime;
        await vouchers.AddAsync(Kind, HashOf(token), countedBy: "", person?.Uid.ToString() ?? Somebody, CancellationToken.None);
        return new Ticket(token.Text, expires);
    }

    /// <summary>Null: never issued, used already, or too late. It lets in once.</summary>
    internal async ValueTask<TakenTicket?> TakeAsync(string text) =>
        launchToken is not null && SessionToken.Parse(text) is { } token && await vouchers.TakeAsync(Kind, HashOf(token), CancellationToken.None) is { } person
            ? new TakenTicket(person == Somebody ? null : Guid.Parse(person))
            : null;

    private byte[] HashOf(SessionToken token) => BoundSecret.Hash(launchToken ?? "", token.Text);
}

/// <param name="Person">The id outside of whom it lets in; null: somebody new.</param>
internal readonly record struct TakenTicket(Guid? Person);
