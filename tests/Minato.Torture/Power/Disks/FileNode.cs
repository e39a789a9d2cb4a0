namespace Minato.Torture.Power.Disks;

/// <summary>The bytes of a file. Its size is only as certain as they are.</summary>
internal sealed class FileNode : Node<Change>
{
    /// <summary>What a disk writes whole: the smallest there is. Larger ones tear less.</summary>
    private const int Sector = 512;

    private readonly FileBytes _certain = new();

    public byte[] After(Loss loss)
    {
        var left = _certain.Copy();
        var how = loss.OfFile(Since.Count);
        var number = 0;
        foreach (var change in Since)
        {
            var isLast = ++number == how.Whole + 1;
            if (change.Kind == ChangeKind.Truncate)
            {
                if (number <= how.Whole || how.Keeps())
                    left.SetLength((int)change.Number);
                continue;
            }
            for (var done = 0; done < change.Bytes.Length;)
            {
                var at = (int)change.Number + done;
                var piece = Math.Min(Sector - at % Sector, change.Bytes.Length - done);
                if (number <= how.Whole || isLast && how.Tears() || how.Keeps())
                    // What lies between was promised to nobody: a file system may give zeros there, or what the blocks held before.
                    left.Put(at, change.Bytes.Slice(done, piece).Span, how.Junk);
                done += piece;
            }
        }
        return left.ToArray();
    }

    protected override void Settle(Change deed)
    {
        if (deed.Kind == ChangeKind.Truncate)
            _certain.SetLength((int)deed.Number);
        else
            _certain.Put((int)deed.Number, deed.Bytes.Span, junk: null);
    }
}
