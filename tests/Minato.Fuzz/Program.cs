using Minato.Fuzz;
using Minato.Fuzz.Live;
using Minato.Fuzz.Running;
using Minato.Fuzz.Targets;

// Inputs that know the grammar, bent at random, against simple models and each parser's own promises.
Target[] all =
[
    new DetectionTarget(), new HelloTarget(), new LinesTarget(), new IrcTarget(), new FramingTarget(), new FramesTarget(), new HttpTarget(), new SearchTarget(), new BodiesTarget(), new NamesTarget(),
];
if (!FuzzOptions.TryParse(args, [.. all.Select(t => t.Name), LiveRun.Name], out var options))
{
    Console.Error.WriteLine($"""
        usage: tests/fuzz [--minutes 1] [--seed N] [--target NAME]
          minutes   for all targets together
          seed      the same seed and target give the same inputs in the same order
          target    one of {string.Join(' ', all.Select(t => t.Name))} {LiveRun.Name}; all if absent
               tests/fuzz --costs     what the worst messages cost beside a usual one
        """);
    return 2;
}

if (options.Costs)
    return Costs.Print();

Console.WriteLine($"seed {options.Seed}");
foreach (var target in all.Where(t => options.Runs(t.Name)))
    if (!new Fuzzer(target, options.Seed).Run(options.Share))
        return 1;
return !options.Runs(LiveRun.Name) || await LiveRun.RunAsync(options.Seed, options.Share) ? 0 : 1;
