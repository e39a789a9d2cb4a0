namespace Minato.Torture.Power.Disks;

/// <summary>The letters of tests/faults/power.c.</summary>
internal enum ChangeKind
{
    Create = 'c',
    Folder = 'm',
    Socket = 's',
    Write = 'w',
    Truncate = 't',
    SyncBegins = 'b',
    SyncEnds = 'e',
    Rename = 'r',
    Link = 'l',
    Unlink = 'u',
    /// <summary>Something was done that the record cannot say: nothing that it says can be believed.</summary>
    Unseen = 'x',
}

/// <summary>One thing that was done to the disk.</summary>
/// <param name="At">Of the machine's monotonic clock, nanoseconds: what is acknowledged later than that is so after this.</param>
/// <param name="File">Its inode; 0 where only names matter.</param>
/// <param name="Number">Offset of a write, size of a truncation, number of a sync.</param>
/// <param name="Path">Below the root, where it is about a name.</param>
/// <param name="Other">The second name of a renaming or a link.</param>
internal sealed record Change(long At, ChangeKind Kind, ulong File, long Number, ReadOnlyMemory<byte> Bytes, string Path, string Other);
