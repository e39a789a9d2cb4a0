using System.Diagnostics;

namespace Minato.Torture.Histories;

/// <summary>Writes down what happens, in the order in which it does; for many tasks at once.</summary>
internal sealed class Recorder(string file) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer = new(file, append: true);

    /// <summary>Nanoseconds of the machine's monotonic clock.</summary>
    public static long Now => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

    public int Acks { get; private set; }

    public int Uploads { get; private set; }

    /// <summary>What has come that does not come again: once nobody acts any more, there is an end to it.</summary>
    public long Steps { get; private set; }

    public void Add(Entry entry)
    {
        lock (_gate)
        {
            _writer.WriteLine(EntryLine.Write(entry));
            Acks += entry is Acked ? 1 : 0;
            Uploads += entry is Uploaded ? 1 : 0;
            Steps += entry is Acked or Saw or Held or Heard or Recalled or CaughtUp or Gone ? 1 : 0;
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _writer.Dispose();
    }
}
