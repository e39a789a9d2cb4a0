using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Text;

namespace Minato.Torture.Power.Disks;

/// <summary>The file that tests/faults/power.c writes: a page of memory, then one change after the other.</summary>
internal sealed class DiskRecord : IDisposable
{
    private const int Page = 4096, Head = 40;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _page;

    public DiskRecord(string path)
    {
        Path = path;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, Page);
        _page = _file.CreateViewAccessor(0, Page);
        _page.Write(0, (long)Page);
    }

    public string Path { get; }

    /// <summary>Whether whoever writes it is killed (as by kill -9) behind its next change: so that nothing is on the disk that is not in the record.</summary>
    public bool Dies { set => _page.Write(8, value ? 1L : 0); }

    /// <exception cref="InvalidDataException">Something was done to the disk that cannot be recorded.</exception>
    public static IReadOnlyList<Change> Read(string path)
    {
        var bytes = File.ReadAllBytes(path).AsMemory();
        var end = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.Span);
        var changes = new List<Change>();
        for (var at = Page; at < end;)
        {
            var head = bytes.Span[at..];
            var kind = (ChangeKind)BinaryPrimitives.ReadUInt32LittleEndian(head[24..]);
            var (length, more) = ((int)BinaryPrimitives.ReadUInt32LittleEndian(head[28..]), (int)BinaryPrimitives.ReadUInt32LittleEndian(head[32..]));
            var (first, second) = (bytes.Slice(at + Head, length), bytes.Slice(at + Head + length, more));
            var path1 = kind == ChangeKind.Write ? "" : Encoding.UTF8.GetString(first.Span);
            var change = new Change(BinaryPrimitives.ReadInt64LittleEndian(head), kind, BinaryPrimitives.ReadUInt64LittleEndian(head[8..]), BinaryPrimitives.ReadInt64LittleEndian(head[16..]), first, path1, Encoding.UTF8.GetString(second.Span));
            if (kind == ChangeKind.Unseen)
                throw new InvalidDataException($"{change.Path}: {change.Other} is not recorded. tests/faults/power.c has to learn it.");
            changes.Add(change);
            at += Head + length + more;
        }
        return changes;
    }

    public void Dispose()
    {
        _page.Dispose();
        _file.Dispose();
    }
}
