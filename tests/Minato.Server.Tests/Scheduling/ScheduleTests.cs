using FsCheck;
using FsCheck.Fluent;

namespace Minato.Server.Tests.Scheduling;

/// <summary>
/// Random interleavings of everything that runs beside each other, each of which must end with everybody knowing everything once
/// and in order. <c>MINATO_SCHEDULES=100000</c> asks for a long run; <c>MINATO_REPLAY=seed,gamma,size</c>, as a failure prints it,
/// for the same one again.
/// </summary>
public sealed class ScheduleTests
{
    private const int Usual = 500;
    private const int MaxChoices = 500;

    [Fact]
    public Task In_whatever_order_things_happen_everybody_is_told_everything_once_and_in_order() => Task.Run(() =>
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("MINATO_SCHEDULES"), out var asked) ? asked : Usual;
        Check.One(Replayed(Config.QuickThrowOnFailure.WithMaxTest(count)), Prop.ForAll(Any, choices => { Run(choices); }));
    });

    [Fact]
    public Task Schedules_reach_slow_readers_bans_full_disks_and_every_way_to_resume() => Task.Run(() =>
    {
        var reached = new HashSet<string>();
        foreach (var choices in Any.Generator.Sample(100, new Rnd(20_260_401), 800))
            reached.UnionWith(Run(choices));
        Assert.Empty(new[]
        {
            "close 4008", "resumed", "reset unknown", "room", "gone", "read", "ev post", "ev join", "ev leave", "ev kick", "ev ban",
            "ok", "error storage_full", "error forbidden", "error no_such_room",
        }.Except(reached));
    });

    private static Arbitrary<Choices> Any { get; } = Arb.From(
        from length in Gen.Choose(20, MaxChoices)
        from all in Gen.ArrayOf(Gen.Choose(0, 1 << 22), length)
        select new Choices(all),
        choices => choices.Smaller());

    private static HashSet<string> Run(Choices choices)
    {
        using var world = new World(choices.All);
        try
        {
            world.Run();
            return world.Reached;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.Message}, after\n  {string.Join("\n  ", world.Schedule.Trace.TakeLast(150))}\n", e);
        }
    }

    private static Config Replayed(Config config)
    {
        if (Environment.GetEnvironmentVariable("MINATO_REPLAY")?.Trim('(', ')').Split(',') is not { } numbers)
            return config;
        var rnd = new Rnd(ulong.Parse(numbers[0]), ulong.Parse(numbers[1]));
        return config.WithReplay(new Replay(rnd, numbers.Length > 2 ? int.Parse(numbers[2]) : null));
    }

    /// <summary>What a schedule is made of; fewer and smaller numbers are a shorter story.</summary>
    private sealed record Choices(int[] All)
    {
        public IEnumerable<Choices> Smaller()
        {
            for (var size = (All.Length + 1) / 2; size > 0; size /= 2)
                for (var at = 0; at < All.Length; at += size)
                    yield return new Choices([.. All[..at], .. All[Math.Min(All.Length, at + size)..]]);
            for (var at = 0; at < All.Length; at++)
                foreach (var less in new[] { All[at] % 32, All[at] / 2 })
                    if (less < All[at])
                        yield return new Choices([.. All[..at], less, .. All[(at + 1)..]]);
        }

        public override string ToString() => All.Length > 100 ? $"{All.Length} choices" : $"[{string.Join(", ", All)}]";
    }
}
