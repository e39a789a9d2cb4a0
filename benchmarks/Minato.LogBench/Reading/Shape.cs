namespace Minato.LogBench.Reading;

/// <summary>How messages are spread over rooms.</summary>
internal sealed record Shape(string Name, string Title, int Rooms)
{
    internal static readonly Shape[] All = [new("one", "one room", 1), new("thousand", "1,000 rooms", 1_000)];

    /// <summary>The rooms that are read: those in which enough was said even where there are few messages.</summary>
    internal int Read => Math.Min(Rooms, 10);

    /// <summary>The rooms' shares add up from 0 to 1: the nth busiest has 1/n of what the busiest has.</summary>
    internal double[] Shares()
    {
        var all = Enumerable.Range(1, Rooms).Sum(n => 1.0 / n);
        var sum = 0.0;
        return [.. Enumerable.Range(1, Rooms).Select(n => sum += 1 / (n * all))];
    }
}
