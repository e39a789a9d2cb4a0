namespace Minato.Core.Storage;

/// <summary>
/// Secrets that are good for a while, and what each stands for, on every server that shares them. The secret itself is never known to it: whoever shows
/// one has its hash looked for.
/// </summary>
public interface IVoucherBook
{
    /// <summary>From now on it is good, for as long as its kind is. Where there are too many, the one that has least time left gives way.</summary>
    /// <param name="hash">SHA-256 of the secret and of whatever it has to be shown together with.</param>
    /// <param name="countedBy">Who has asked for it.</param>
    /// <param name="meaning">No secret: whoever reads the book may know it.</param>
    /// <exception cref="StoreAwayException">The server is not there.</exception>
    ValueTask AddAsync(VoucherKind kind, byte[] hash, string countedBy, string meaning, CancellationToken cancel);

    /// <summary>What it stands for, told to one alone, however many ask at once, and wherever. Null: it was never good, is not any more, or was taken.</summary>
    /// <exception cref="StoreAwayException">The server is not there.</exception>
    ValueTask<string?> TakeAsync(VoucherKind kind, byte[] hash, CancellationToken cancel);

    /// <summary>What it stands for; it stays, and has half of its life at least before it again. Null: it was never good, or is not any more.</summary>
    /// <exception cref="StoreAwayException">The server is not there.</exception>
    ValueTask<string?> FindAsync(VoucherKind kind, byte[] hash, CancellationToken cancel);
}

/// <param name="Number">Stands in databases: never given to another kind.</param>
/// <param name="Life">How long one is good.</param>
/// <param name="Max">Of all, as nearly as servers that share them can tell.</param>
/// <param name="MaxOfOne">Of one who asks; null: no fewer than of all.</param>
public sealed record VoucherKind(int Number, TimeSpan Life, int Max, int? MaxOfOne = null);
