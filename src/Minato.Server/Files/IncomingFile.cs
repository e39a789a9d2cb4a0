using System.Security.Cryptography;
using Minato.Core.Files;

namespace Minato.Server.Files;

/// <summary>A file under way: its bytes pass through to the disk, and what is to be known of them is found out on the way.</summary>
internal sealed class IncomingFile(FileFolder folder, Guid uid, FreeSpace.Share space, FileStream bytes) : IAsyncDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _start = new byte[FileType.Looks];
    private bool _isKept;

    internal Guid Uid => uid;

    internal long Size { get; private set; }

    internal string Type => FileType.Of(_start.AsSpan(0, (int)Math.Min(Size, _start.Length)));

    /// <exception cref="IOException">The disk is full, or failed.</exception>
    internal async ValueTask WriteAsync(ReadOnlyMemory<byte> piece, CancellationToken cancel)
    {
        if (Size < _start.Length)
        {
            var missing = _start.AsSpan((int)Size);
            piece.Span[..Math.Min(piece.Length, missing.Length)].CopyTo(missing);
        }
        _hash.AppendData(piece.Span);
        await bytes.WriteAsync(piece, cancel);
        Size += piece.Length;
        space.Use(piece.Length);
    }

    /// <summary>On disk, under its name, when it returns. Blocks for as long as the disk takes.</summary>
    /// <returns>Its SHA-256.</returns>
    /// <exception cref="IOException">The disk is full, or failed.</exception>
    internal byte[] Finish()
    {
        bytes.Flush(flushToDisk: true);
        bytes.Dispose();
        folder.Take(uid);
        return _hash.GetHashAndReset();
    }

    /// <summary>The log knows it: it stays.</summary>
    internal void Keep() => _isKept = true;

    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await bytes.DisposeAsync();
        folder.End(uid, _isKept);
    }
}
