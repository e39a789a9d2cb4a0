using System.IO.MemoryMappedFiles;

namespace Minato.Torture.Staging;

/// <summary>What the server's clock and disk are to do wrong: a page of memory that tests/faults/torture.c reads at each call.</summary>
internal sealed class FaultPage : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _page;

    public FaultPage(string path)
    {
        Path = path;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, 4096);
        _page = _file.CreateViewAccessor();
    }

    public string Path { get; }

    public TimeSpan ClockAhead { set => _page.Write(0, (long)(value.TotalMilliseconds * 1e6)); }

    public TimeSpan FsyncTakes { set => _page.Write(8, (long)value.TotalMicroseconds); }

    public bool FsyncFails { set => _page.Write(16, value ? 1L : 0); }

    public void Dispose()
    {
        _page.Dispose();
        _file.Dispose();
    }
}
