using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Minato.Core.Accounts;

namespace Minato.Server.Accounts;

// hash = the framework's [ SP verifier ]      the second for SCRAM; one that was made before there was any has none
/// <summary>
/// Hashes passwords and verifies them, by the framework's hasher: PBKDF2 with HMAC-SHA512. It takes long on purpose, so it is done by half
/// the processors at most, and never by the one who commits.
/// </summary>
/// <param name="least">Bytes of a new password.</param>
internal sealed class PasswordHashing(int iterations = PasswordHashing.DefaultIterations, int least = Password.MinBytes) : IDisposable
{
    /// <summary>What OWASP's cheat sheet asks of PBKDF2 with HMAC-SHA512. A hash of fewer is made anew when its password is next given.</summary>
    internal const int DefaultIterations = 210_000;

    /// <summary>
    /// What the same sheet asks of PBKDF2 with HMAC-SHA256, 600,000 beside 210,000: of two verifiers of one password whoever has both tries the
    /// cheaper. RFC 7677 asks for 4,096 at least, and clients insist on it.
    /// </summary>
    internal int ScramIterations { get; } = Math.Max(4_096, (int)(iterations * 20L / 7));

    /// <summary>Passwords that may wait their turn: some seconds' worth. Beyond that the server is busy.</summary>
    private const int MaxWaiting = 64;

    private const int SaltBytes = 16, KeyBytes = 32;

    // 01, then big-endian: function 2 (HMAC-SHA512), iterations, salt's length; salt; key. No password has a random key.
    internal string Nobodys { get; } = Convert.ToBase64String(Header(iterations, RandomNumberGenerator.GetBytes(SaltBytes + KeyBytes)));
    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int _waiting;

    /// <summary>Bytes of a new password.</summary>
    internal int Least => least;

    /// <summary>Null: too many wait.</summary>
    internal Task<string?> HashAsync(string password) =>
        RunAsync(() => $"{_hasher.HashPassword(this, password)} {ScramVerifier.Make(password, ScramIterations).Text}");

    /// <summary>Null: of this password nothing is known that SCRAM could use, until it is given once in the clear.</summary>
    internal static ScramVerifier? ScramOf(string hash) => hash.IndexOf(' ') is > 0 and var space ? ScramVerifier.Parse(hash[(space + 1)..]) : null;

    /// <param name="hash">Null: nobody's. It takes as long, and is never right.</param>
    internal async Task<PasswordCheck> VerifyAsync(string? hash, string password)
    {
        var framework = (hash ?? Nobodys).Split(' ')[0];
        var result = await RunAsync(() => new Verified(_hasher.VerifyHashedPassword(this, framework, password)));
        return result switch
        {
            null => PasswordCheck.Busy,
            { Result: PasswordVerificationResult.Failed } => PasswordCheck.Wrong,
            { Result: PasswordVerificationResult.SuccessRehashNeeded } => PasswordCheck.RightAndOld,
            _ when hash is not null && (ScramOf(hash)?.Iterations ?? 0) < ScramIterations => PasswordCheck.RightAndOld,
            _ => PasswordCheck.Right,
        };
    }

    public void Dispose() => _turns.Dispose();

    /// <summary>Null: too many wait.</summary>
    internal async Task<T?> RunAsync<T>(Func<T> work)
        where T : class
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }
        await _turns.WaitAsync();
        try
        {
            return await Task.Run(work);
        }
        finally
        {
            _turns.Release();
            Interlocked.Decrement(ref _waiting);
        }
    }

    private static byte[] Header(int iterations, byte[] saltAndKey)
    {
        var bytes = new byte[13 + saltAndKey.Length];
        bytes[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), 2);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(5), iterations);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(9), SaltBytes);
        saltAndKey.CopyTo(bytes.AsSpan(13));
        return bytes;
    }

    private sealed record Verified(PasswordVerificationResult Result);
}

internal enum PasswordCheck
{
    Right,

    /// <summary>Right, and its hash is of less than today's cost, or not all that is kept today.</summary>
    RightAndOld,
    Wrong,

    /// <summary>Nobody looked: too many wait.</summary>
    Busy,
}
