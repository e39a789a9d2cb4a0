using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Minato.LogBench.Measuring;

/// <summary>
/// What an fsync costs here and now, asked the way SQLite's log asks it: a page and its header written behind the last one, then fsync, and
/// over again from the start at 4 MiB; the first time round, when the file grows, does not count. Nothing of SQLite is in it, so it is the
/// stricter of the possible measures.
/// </summary>
internal sealed class FsyncProbe : IDisposable
{
    private const int Frame = 4096 + 24;
    private const int WrapAt = 4 * 1024 * 1024;

    private readonly SafeFileHandle _file;
    private readonly byte[] _frame = new byte[Frame];
    private long _at;

    internal FsyncProbe(string folder)
    {
        _file = File.OpenHandle(Path.Combine(folder, "fsync.probe"), FileMode.Create, FileAccess.Write, options: FileOptions.DeleteOnClose);
        for (long at = 0; at + Frame <= WrapAt; at += Frame)
            RandomAccess.Write(_file, _frame, at);
        RandomAccess.FlushToDisk(_file);
    }

    /// <summary>As fast as it goes: the disk at its best.</summary>
    internal Timings Run(TimeSpan time)
    {
        var timings = new Timings();
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < time;)
            timings.Take(Sync);
        return timings;
    }

    /// <summary>Every few milliseconds until it is told to end: the disk as those find it who use it meanwhile, now and then woken from idleness.</summary>
    internal Task<Timings> RunBesideAsync(TimeSpan pause, CancellationToken until) => Task.Factory.StartNew(
        () =>
        {
            var timings = new Timings();
            while (!until.IsCancellationRequested)
            {
                timings.Take(Sync);
                Thread.Sleep(pause);
            }
            return timings;
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose() => _file.Dispose();

    private void Sync()
    {
        RandomAccess.Write(_file, _frame, _at);
        RandomAccess.FlushToDisk(_file);
        _at = _at + 2 * Frame > WrapAt ? 0 : _at + Frame;
    }
}
