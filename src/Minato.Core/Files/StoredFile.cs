using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Files;

/// <summary>What the log knows of a file; its bytes lie elsewhere, under the same id.</summary>
/// <param name="Room">Whose members may read it, as far as they see <paramref name="Seq"/>.</param>
/// <param name="Seq">Of the message that brought it; until there is one, the room's head when it was uploaded.</param>
/// <param name="Type">One of <see cref="FileType"/>.</param>
/// <param name="Size">Bytes.</param>
public sealed record StoredFile(Guid Uid, RoomId Room, long Seq, UserId Author, string Name, string Type, long Size, byte[] Sha256)
{
    /// <summary>25 MiB, as Zulip's and Mattermost's of old; Discord allows 10 MB.</summary>
    public const long MaxBytes = 25 * 1024 * 1024;

    /// <summary>1 GiB for one person: forty of the largest files. Zulip Cloud's free plan has 5 GB for everybody together.</summary>
    public const long MaxBytesOfPerson = 1024 * 1024 * 1024;

    /// <summary>Links to files in one message that make it theirs. Discord attaches 10.</summary>
    public const int MaxOfMessage = 20;

    /// <summary>How long a file waits for the message that it was uploaded for: an outbox that is away for a week still finds it.</summary>
    public static readonly TimeSpan WaitsForMessage = TimeSpan.FromDays(7);
}
