using Minato.Torture.Histories;
using Minato.Torture.Staging;

namespace Minato.Torture.Faults;

/// <summary>Strikes in every lane until the time is over: which, when and how hard follows from the seed.</summary>
/// <param name="faults">Of which kinds.</param>
internal sealed class Schedule(IReadOnlyList<Fault> faults, Stage stage, Recorder recorder, int seed)
{
    /// <summary>Whose doing it is, in the histories.</summary>
    private const string Fate = "fate";

    private readonly Dictionary<string, int> _struck = faults.ToDictionary(f => f.Name, _ => 0);

    public IReadOnlyDictionary<string, int> Struck => _struck;

    public Task RunAsync(TimeSpan time)
    {
        var end = Environment.TickCount64 + (long)time.TotalMilliseconds;
        return Task.WhenAll(faults.GroupBy(f => f.Lane).Select(lane => Task.Run(() => LaneAsync([.. lane], end, new Random(HashCode(seed, (int)lane.Key))))));
    }

    private async Task LaneAsync(Fault[] kinds, long end, Random random)
    {
        // Each kind comes equally often, in an order drawn anew each time round.
        var order = new Queue<Fault>();
        while (Environment.TickCount64 < end)
        {
            if (order.Count == 0)
            {
                random.Shuffle(kinds);
                foreach (var fault in kinds)
                    order.Enqueue(fault);
            }
            await Task.Delay(random.Next(100, 1500));
            var next = order.Dequeue();
            var blow = new Blow();
            await next.StrikeAsync(stage, random, blow);
            recorder.Add(new Struck(blow.Began, Fate, next.Name, blow.Ended ?? Recorder.Now, blow.Node));
            if (blow.Complaint is { } complaint)
                recorder.Add(new Complained(Recorder.Now, Fate, complaint));
            lock (_struck)
                _struck[next.Name]++;
        }
    }

    /// <summary>The same in every process, which HashCode.Combine is not.</summary>
    private static int HashCode(int seed, int lane) => unchecked((seed * 31) + (lane * 7919));
}
