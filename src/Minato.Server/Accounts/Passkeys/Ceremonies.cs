using System.Buffers.Text;
using System.Security.Cryptography;
using Minato.Core.Storage;

namespace Minato.Server.Accounts.Passkeys;

/// <summary>What browsers were asked to have signed, until they answer: for a while, and each for one answer, to whichever server it comes.</summary>
internal sealed class Ceremonies(IVoucherBook vouchers, Pseudonyms pseudonyms)
{
    /// <summary>Time to find the key and a finger; as long as the standard advises browsers to wait.</summary>
    internal static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>Of one address, an office at its doors in the morning, or of one session. Its oldest gives way.</summary>
    internal const int MaxOfOne = 200;

    /// <summary>Some MiB. The oldest gives way.</summary>
    internal const int Max = 10_000;

    private const int IdBytes = 16;

    internal static readonly VoucherKind Kind = new(3, Life, Max, MaxOfOne);

    /// <param name="owner">Whose answer alone it takes.</param>
    /// <param name="countedBy">Who has asked for it.</param>
    /// <param name="state">What the answer will be held against.</param>
    /// <returns>What it is called.</returns>
    internal async ValueTask<string> BeginAsync(string owner, string countedBy, string state)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));
        await vouchers.AddAsync(Kind, BoundSecret.Hash(owner, id), pseudonyms.Of(countedBy), state, CancellationToken.None);
        return id;
    }

    /// <summary>The state that it was begun with. Null: there is none, it is over, another's, which stays theirs, or was answered before.</summary>
    internal ValueTask<string?> EndAsync(string id, string owner) => vouchers.TakeAsync(Kind, BoundSecret.Hash(owner, id), CancellationToken.None);
}
