using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Files;

/// <summary>What is known of files. Their bytes are whoever serves them's to keep.</summary>
public interface IFileStore
{
    /// <summary>Null: there is none, or not for this user; nobody can tell which. One that no message has brought yet is its uploader's alone.</summary>
    /// <param name="user">Null: somebody without an identity yet.</param>
    ValueTask<StoredFile?> FindFileAsync(Guid uid, UserId? user, CancellationToken cancel);

    /// <summary>Bytes that somebody has stored, those that are about to go included.</summary>
    ValueTask<long> ReadBytesOfAsync(UserId user, CancellationToken cancel);

    /// <summary>
    /// What a file would be answered whose bytes are still to come: a refusal, or the file that it was the first time. Null: nothing speaks against it
    /// yet; it is asked again when the log is told of it.
    /// </summary>
    ValueTask<Outcome?> ForeseeAsync(FileRequest request, CancellationToken cancel);

    /// <summary>Files that nobody is given any more and whose bytes may still be there, the oldest first.</summary>
    ValueTask<IReadOnlyList<Guid>> ListRemovedFilesAsync(int limit, CancellationToken cancel);

    /// <summary>Whether anything is known of a file, a removed one included.</summary>
    ValueTask<bool> KnowsFileAsync(Guid uid, CancellationToken cancel);
}

/// <summary>Somebody is about to send a file.</summary>
/// <param name="Size">Bytes; the most that there may be where they do not say.</param>
public sealed record FileRequest(UserId User, ClientId? Cid, RoomId Room, long Size);
