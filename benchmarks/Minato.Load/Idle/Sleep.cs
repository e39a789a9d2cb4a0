using System.Globalization;
using Minato.Load.Peers;

namespace Minato.Load.Idle;

/// <summary>What a connection costs that says nothing, as the slope between few of them and many.</summary>
internal static class Sleep
{
    internal static async Task<int> RunAsync(IdleOptions options)
    {
        var subjects = options.Kinds.SelectMany(k => SubjectsOf(k, options)).ToList();
        for (var round = 1; round <= options.Rounds; round++)
            foreach (var subject in subjects)
            {
                var footprints = await IdleRun.RunAsync(subject.Kind, subject.Executable, options.Steps);
                subject.Slopes.Add(Footprint.Slope(footprints[0], footprints[^1], options.Steps[^1] - options.Steps[0]));
                var held = string.Join(", ", options.Steps.Zip(footprints, (s, f) => Invariant($"{s:N0}: {f.Resident / 1024:N0} MiB, {f.Collected / 1024:N0} collected, {f.Managed / 1024:N0} managed")));
                Console.WriteLine(Invariant($"round {round}, {subject.Name}: {held}"));
            }
        Console.WriteLine();
        Console.WriteLine(Invariant($"KiB for each connection, {options.Steps[0]:N0} to {options.Steps[^1]:N0}; median of {options.Rounds} rounds, lowest and highest"));
        Console.WriteLine();
        Console.WriteLine("| | resident | after a collection | managed | kernel, both ends |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var subject in subjects)
            Console.WriteLine($"| {subject.Name} | {subject.Text(f => f.Resident)} | {subject.Text(f => f.Collected)} | {subject.Text(f => f.Managed)} | {subject.Text(f => f.Slab)} |");
        return 0;
    }

    private static IEnumerable<Subject> SubjectsOf(IdleKind kind, IdleOptions options)
    {
        yield return new Subject(kind.Name, kind, Tree.Executable);
        if (options.Server is { } other && !kind.IsBare)
            yield return new Subject($"{kind.Name}, the other server", kind, other);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Subject(string Name, IdleKind Kind, string Executable)
    {
        internal List<Footprint> Slopes { get; } = [];

        internal string Text(Func<Footprint, double> of) => Spread.Of(Slopes.Select(of))!.Value.Text("0.0");
    }
}
