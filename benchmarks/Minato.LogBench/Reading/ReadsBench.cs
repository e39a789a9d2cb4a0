using System.Diagnostics;
using Minato.LogBench.Databases;
using Minato.LogBench.Measuring;
using Minato.LogBench.Reporting;

namespace Minato.LogBench.Reading;

/// <summary>What reading costs where much was said, beside what it costs where little was: the same questions in alternation.</summary>
internal static class ReadsBench
{
    /// <summary>Of one question in a row, on one side; fewer when they take long.</summary>
    private const int MaxInARow = 100;

    private static readonly TimeSpan MaxTimeInARow = TimeSpan.FromMilliseconds(100);

    /// <summary>Each on a cold cache, for each round and side; one, when that takes long.</summary>
    private const int Cold = 3;

    private static readonly TimeSpan MaxTimeCold = TimeSpan.FromSeconds(1);

    internal static async Task<List<Report>> RunAsync(IEngine engine, BenchOptions options)
    {
        var reports = new List<Report>();
        foreach (var shape in Shape.All)
        {
            var few = await OpenAsync(engine, shape, options.Few);
            var many = await OpenAsync(engine, shape, options.Messages);
            reports.Add(await CompareAsync(shape, few, many, options));
            if (!options.Keep)
                Array.ForEach([few, many], d => d.Delete());
        }
        return reports;
    }

    private static async Task<IDatabase> OpenAsync(IEngine engine, Shape shape, int messages)
    {
        var database = engine.Open($"reads-{shape.Name}-{messages}");
        if (!database.Exists)
            await Filler.FillAsync(database, shape, messages);
        return database;
    }

    private static async Task<Report> CompareAsync(Shape shape, IDatabase few, IDatabase many, BenchOptions options)
    {
        var (rows, bars, goal) = (new List<string[]>(), new List<Bar>(), Math.Log(options.Messages) / Math.Log(options.Few));
        var warm = await WarmAsync(shape, few, many, options.Rounds);
        var cold = await ColdAsync(shape, few, many, options.Rounds);
        for (var i = 0; i < Question.All.Length; i++)
        {
            var ratio = warm[i].Ratio;
            rows.Add([Question.All[i].Name, .. warm[i].Cells, .. cold[i].Cells]);
            bars.Add(new Bar(Question.All[i].Name, ratio));
        }
        return new Report(
            $"reads-{shape.Name}", $"Reading {options.Messages:N0} messages beside {options.Few:N0}, in {shape.Title}",
            $"""
            The same questions in alternation, {options.Rounds} rounds; pages of 50; a logarithm grows by {goal:0.00} meanwhile. Warm: the file is in the system's page cache, the connection has been used. Cold: a new
            connection that has read the schema, after the system was asked to forget the file (posix_fadvise); what lies below, the host's cache and the disk's own, is out of reach (and so is PostgreSQL's). Of 1,000 rooms the ten busiest are read.
            """,
            ["question", "many ÷ few, warm", "few, µs", "many, µs", "many ÷ few, cold", "few, µs", "many, µs"],
            rows, new Plot($"Reading, {options.Messages:N0} ÷ {options.Few:N0} messages in {shape.Title}, warm", bars, goal, IsCeiling: true));
    }

    private static async Task<List<Pair>> WarmAsync(Shape shape, IDatabase few, IDatabase many, int rounds)
    {
        few.Warm();
        many.Warm();
        var pairs = new List<Pair>();
        await using var left = await DataSet.OpenAsync(few, shape);
        await using var right = await DataSet.OpenAsync(many, shape);
        foreach (var question in Question.All)
        {
            var pair = new Pair();
            // The first of each only compiles and warms.
            await AskAsync(question, left, new Random(0));
            await AskAsync(question, right, new Random(0));
            for (var round = 1; round <= rounds; round++)
                pair.Add(await AskAsync(question, left, new Random(round)), await AskAsync(question, right, new Random(round)));
            pairs.Add(pair);
            Progress.Say($"reads, {shape.Title}, warm, {question.Name}: {pair.Few.Median:N0} µs, {pair.Many.Median:N0} µs, ratio {pair.Ratio}");
        }
        return pairs;
    }

    private static async Task<double> AskAsync(Question question, DataSet set, Random random)
    {
        var (timings, began) = (new Timings(), Stopwatch.GetTimestamp());
        do
        {
            var start = Stopwatch.GetTimestamp();
            await question.Ask(set, random);
            timings.Add(Stopwatch.GetTimestamp() - start);
        }
        while (timings.Count < MaxInARow && Stopwatch.GetElapsedTime(began) < MaxTimeInARow);
        return timings.Median;
    }

    private static async Task<List<Pair>> ColdAsync(Shape shape, IDatabase few, IDatabase many, int rounds)
    {
        var pairs = new List<Pair>();
        foreach (var question in Question.All)
        {
            var pair = new Pair();
            for (var round = 1; round <= rounds; round++)
                pair.Add(await AskColdAsync(question, few, shape, round), await AskColdAsync(question, many, shape, round));
            pairs.Add(pair);
            if (!double.IsNaN(pair.Few.Median))
                Progress.Say($"reads, {shape.Title}, cold, {question.Name}: {pair.Few.Median:N0} µs, {pair.Many.Median:N0} µs, ratio {pair.Ratio}");
        }
        return pairs;
    }

    private static async Task<double> AskColdAsync(Question question, IDatabase database, Shape shape, int round)
    {
        var (timings, began) = (new Timings(), Stopwatch.GetTimestamp());
        for (var i = 0; i < Cold && (i == 0 || Stopwatch.GetElapsedTime(began) < MaxTimeCold); i++)
        {
            if (!database.TryEvict())
                return double.NaN;
            await using var set = await DataSet.OpenAsync(database, shape);
            // Opening has read the schema and where the rooms are; the system forgets that again, the connection keeps it.
            _ = database.TryEvict();
            var random = new Random(round * Cold + i);
            var start = Stopwatch.GetTimestamp();
            await question.Ask(set, random);
            timings.Add(Stopwatch.GetTimestamp() - start);
        }
        return timings.Median;
    }

    /// <summary>Both sides' times, a round each, in microseconds.</summary>
    private sealed class Pair
    {
        private readonly List<(double Few, double Many)> _rounds = [];

        internal Spread Few => Spread.Of(_rounds.Select(r => r.Few));

        internal Spread Many => Spread.Of(_rounds.Select(r => r.Many));

        internal Spread Ratio => Spread.Of(_rounds.Select(r => r.Many / r.Few));

        internal string[] Cells => double.IsNaN(Few.Median) ? ["–", "–", "–"] : [$"{Ratio}", $"{Few.Median:N0}", $"{Many.Median:N0}"];

        internal void Add(double few, double many) => _rounds.Add((few, many));
    }
}
