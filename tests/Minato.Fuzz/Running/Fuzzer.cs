using System.Diagnostics;
using Minato.Fuzz.Making;
using Minato.Fuzz.Targets;

namespace Minato.Fuzz.Running;

/// <summary>Feeds one target: new inputs from its grammar, and those that showed something new, bent.</summary>
internal sealed class Fuzzer(Target target, int seed)
{
    /// <summary>No input of at most 70,000 bytes takes a second; one that takes this long never ends.</summary>
    private static readonly TimeSpan Endless = TimeSpan.FromSeconds(30);

    private readonly Source _source = new(Seeds.Of(seed, target.Name));
    private readonly Pool _pool = new();
    private byte[] _current = [];

    /// <summary>False: something was found, and is printed.</summary>
    public bool Run(TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var inputs = 0L;
        using var watchdog = new Timer(_ => EndAsEndless());
        foreach (var known in target.Known)
            if (!Try(known))
                return false;
        for (; clock.Elapsed < time; inputs++)
        {
            if (inputs % 1024 == 0)
                watchdog.Change(Endless, Timeout.InfiniteTimeSpan);
            if (!Try(Next()))
                return false;
        }
        Console.WriteLine($"{target.Name}: {inputs:N0} inputs, {_pool.Count} kinds");
        return true;
    }

    private byte[] Next()
    {
        var bent = _pool.Count > 0 && _source.OneIn(2);
        var input = bent ? _pool.Pick(_source) : target.Make(_source);
        if (bent || _source.OneIn(3))
            input = Mutations.Apply(input, _source, target.Words, _pool);
        return input.Length <= target.Longest ? input : input[..target.Longest];
    }

    private bool Try(byte[] input)
    {
        _current = input;
        var cuts = _source.Next();
        if (Problem(input, cuts, out var kind) is not { } problem)
        {
            _pool.Keep(kind, input);
            return true;
        }
        var least = Minimizer.Minimize(input, smaller => Problem(smaller, cuts, out _) is not null);
        Failure.Print(target.Name, seed, Problem(least, cuts, out _) ?? problem, least);
        return false;
    }

    private string? Problem(byte[] input, int cuts, out string kind)
    {
        kind = "";
        try
        {
            kind = target.Check(input, new Source(cuts));
            return null;
        }
        catch (Exception e)
        {
            // Whatever comes out of a parser is the finding.
            return e is WrongException ? e.Message : e.ToString();
        }
    }

    private void EndAsEndless()
    {
        Failure.Print(target.Name, seed, $"1,024 inputs took more than {Endless.TotalSeconds} s; this was the last", _current);
        Environment.Exit(1);
    }
}
