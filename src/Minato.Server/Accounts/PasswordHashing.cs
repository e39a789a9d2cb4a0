using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Minato.Server.Accounts;

/// <summary>
/// Hashes passwords and verifies them, by the framework's hasher: PBKDF2 with HMAC-SHA512. It takes long on purpose, so it is done by half
/// the processors at most, and never by the one who commits.
/// </summary>
internal sealed class PasswordHashing(int iterations = PasswordHashing.DefaultIterations) : IDisposable
{
    /// <summary>What OWASP's cheat sheet asks of PBKDF2 with HMAC-SHA512. A hash of fewer is made anew when its password is next given.</summary>
    internal const int DefaultIterations = 210_000;

    /// <summary>Passwords that may wait their turn: some seconds' worth. Beyond that the server is busy.</summary>
    private const int MaxWaiting = 64;

    private const int SaltBytes = 16, KeyBytes = 32;

    // 01, then big-endian: function 2 (HMAC-SHA512), iterations, salt's length; salt; key. No password has a random key.
    internal string Nobodys { get; } = Convert.ToBase64String(Header(iterations, RandomNumberGenerator.GetBytes(SaltBytes + KeyBytes)));
    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int _waiting;

    /// <summary>Null: too many wait.</summary>
    internal Task<string?> HashAsync(string password) => RunAsync(() => _hasher.HashPassword(this, password));

    /// <param name="hash">Null: nobody's. It takes as long, and is never right.</param>
    internal async Task<PasswordCheck> VerifyAsync(string? hash, string password)
    {
        var result = await RunAsync(() => new Verified(_hasher.VerifyHashedPassword(this, hash ?? Nobodys, password)));
        return result switch
        {
            null => PasswordCheck.Busy,
            { Result: PasswordVerificationResult.Failed } => PasswordCheck.Wrong,
            { Result: PasswordVerificationResult.SuccessRehashNeeded } => PasswordCheck.RightAndOld,
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

    /// <summary>Right, and its hash is of less than today's cost.</summary>
    RightAndOld,
    Wrong,

    /// <summary>Nobody looked: too many wait.</summary>
    Busy,
}
