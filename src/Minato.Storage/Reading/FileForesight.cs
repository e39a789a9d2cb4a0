using Minato.Core.Commands;
using Minato.Core.Files;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;
using Minato.Storage.Writing;

namespace Minato.Storage.Reading;

/// <summary>What can be told of an upload before its bytes are there. The commit asks all of it once more, of what stands then.</summary>
internal static class FileForesight
{
    internal static Outcome? Of(Database db, (FileRequest Asked, long Now) of)
    {
        var (asked, now) = of;
        if (asked.Cid is { } cid && ClientIds.Read(db, asked.User, cid) is { } first)
            return Again(db, first, asked.Room);
        if (!HasRoomFor(db, asked.User, asked.Size))
            return new Refused(Refusal.TooMany);
        return Paces.Wait(db, Allowance.Files, asked.User, Act.AddFile, now) is { } wait ? new Refused(Refusal.RateLimited, wait) : null;
    }

    /// <summary>The first answer once more, where the id stands for a file of that room.</summary>
    internal static Outcome Again(Database db, FirstAnswer first, RoomId room)
    {
        if (first.Act != Act.AddFile || first.Room != room)
            return new Refused(Refusal.CidConflict);
        return FileReader.ByNumber(db, first.Seq) is { } file ? new FileAdded(file, IsNew: false) : new Refused(Refusal.NoSuchFile);
    }

    internal static bool HasRoomFor(Database db, UserId user, long size) => FileReader.BytesOf(db, user) + size <= StoredFile.MaxBytesOfPerson;
}
