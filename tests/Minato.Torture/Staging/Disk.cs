namespace Minato.Torture.Staging;

/// <summary>A file system of its own (ext4 in a file), so that it can be full without the machine being so.</summary>
internal sealed class Disk : IDisposable
{
    private readonly string _balloon;

    public Disk(string folder, int megabytes)
    {
        var image = folder + ".img";
        using (var file = File.Create(image))
            file.SetLength(megabytes * 1024L * 1024);
        Tool.Run("mkfs.ext4", "-q", "-m", "0", image);
        Directory.CreateDirectory(folder);
        Tool.Run("mount", "-o", "loop", image, folder);
        Folder = folder;
        _balloon = Path.Combine(folder, "balloon");
    }

    public string Folder { get; }

    /// <summary>Takes all that is left.</summary>
    public void Fill()
    {
        var block = new byte[64 * 1024];
        using var file = new FileStream(_balloon, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = block.Length; size > 0; size /= 2)
            try
            {
                while (true)
                    file.Write(block, 0, size);
            }
            catch (IOException)
            {
                // Not so much any more: half of it.
            }
    }

    public void Dispose()
    {
        Tool.Run("umount", Folder);
        File.Delete(Folder + ".img");
    }

    public void Free() => File.Delete(_balloon);
}
