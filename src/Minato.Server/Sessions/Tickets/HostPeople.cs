using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Server.Log;
using Minato.Server.Sessions.Acts;

namespace Minato.Server.Sessions.Tickets;

/// <summary>The people whom a host knows by ids of its own: the same id is the same user at each start.</summary>
internal static class HostPeople
{
    /// <summary>Names that are tried where one is taken: <c>Aoi</c>, <c>Aoi-2</c> … <c>Aoi-9</c>.</summary>
    private const int MaxNames = 9;

    /// <param name="person">The host's own id of who is to be let in; null: somebody new.</param>
    /// <param name="nick">What a person who is new is called, or nearly so where that is taken; null: provisionally something.</param>
    internal static async ValueTask<(Ticket? Ticket, Refused? Refused)> IssueTicketAsync(this SessionContext context, string? person, string? nick, Lane lane)
    {
        var name = nick is null ? null : Nick.Normalize(nick);
        if (nick is not null && name is null)
            return (null, new Refused(Refusal.BadNick));
        if (person is null)
            return (await context.Admission.Tickets.IssueAsync(null), null);
        var (user, refused) = await context.FindOrMakeAsync(person, name, lane);
        return user is null ? (null, refused) : (await context.Admission.Tickets.IssueAsync(user), null);
    }

    private static async ValueTask<(User? User, Refused? Refused)> FindOrMakeAsync(this SessionContext context, string person, string? nick, Lane lane)
    {
        var hash = Hash(person);
        if (await context.Store.FindCredentialAsync(hash, CancellationToken.None) is { User: var known })
            return (known, null);
        for (var n = 1; nick is not null && n <= MaxNames; n++)
        {
            var name = n == 1 ? nick : Nick.Normalize(string.Create(CultureInfo.InvariantCulture, $"{nick}-{n}"));
            // Too long with its number.
            if (name is null)
                break;
            var (user, refused) = await context.Log.RegisterAsync(name, Nick.Provisional(), hash, lane);
            if (refused?.Reason != Refusal.NickTaken)
                return (user, refused);
        }
        return await context.Log.RegisterAsync(null, Nick.Provisional(), hash, lane);
    }

    /// <summary>Stands where a session's hash does, and no session's is like it: those are of 43 characters without a zero.</summary>
    private static byte[] Hash(string person) => SHA256.HashData(Encoding.UTF8.GetBytes("host's person\0" + person));
}
