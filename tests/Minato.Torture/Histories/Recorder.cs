using System.Diagnostics;

namespace Minato.Torture.Histories;

/// <summary>Writes down what happens, in the order in which it does; for many tasks at once.</summary>
internal sealed class Recorder(string file) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer = new(file, append: true);

    /// <summary>Nanoseconds of the machine's monotonic clock.</summary>
    public static long Now => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

    public int Complaints { get; private set; }

    public void Add(Entry entry)
    {
        lock (_gate)
        {
            _writer.WriteLine(EntryLine.Write(entry));
            if (entry is Complained)
                Complaints++;
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _writer.Dispose();
    }
}
