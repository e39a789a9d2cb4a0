using Minato.Core.Files;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Commands;

/// <summary>Makes a file known whose bytes are on disk. No event: the room hears of it by the message that names it.</summary>
public sealed record AddFile(User Actor, ClientId? Cid, RoomId Room, NewFile File) : RoomCommand(Actor, Cid, Room);

/// <summary>Nobody is given it any more. Its uploader may, and who may delete others' messages in its room.</summary>
/// <param name="Room">The file's own.</param>
public sealed record RemoveFile(User Actor, RoomId Room, Guid File) : RoomCommand(Actor, null, Room);

/// <summary>The bytes of these are gone, so nothing need be known of them any more. Of what was not removed before nothing is forgotten.</summary>
public sealed record ForgetFiles(IReadOnlyList<Guid> Files) : Command;

/// <param name="Uid">Under which its bytes lie.</param>
public sealed record NewFile(Guid Uid, string Name, string Type, long Size, byte[] Sha256);

/// <summary>A file is known.</summary>
/// <param name="IsNew">False: it is the first answer again, and the bytes that came now are not needed.</param>
public sealed record FileAdded(StoredFile File, bool IsNew) : Outcome;

/// <summary>Nobody is given a file any more; its bytes may go.</summary>
public sealed record FileRemoved : Outcome
{
    public static readonly FileRemoved Value = new();
}
