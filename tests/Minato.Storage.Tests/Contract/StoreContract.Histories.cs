using FsCheck;
using FsCheck.Fluent;
using Minato.Storage.Tests.Histories;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    /// <summary>Histories in a usual run; a few seconds. <c>MINATO_HISTORIES=100000</c> asks for a long one.</summary>
    protected virtual int Histories => 40;

    /// <summary>
    /// What fails is shrunk to its fewest steps and printed with its seed: <c>MINATO_REPLAY=seed,gamma,size</c>, as it stands there,
    /// runs the same history again.
    /// </summary>
    [Fact]
    public Task Random_histories_come_out_as_in_a_model_of_lists() => Task.Run(() =>
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("MINATO_HISTORIES"), out var asked) ? asked : Histories;
        Check.One(Replayed(Config.QuickThrowOnFailure.WithMaxTest(count)), Prop.ForAll(Storage.Tests.Histories.History.Any, RunAsync));
    });

    private async Task RunAsync(Storage.Tests.Histories.History history)
    {
        await ForgetAsync();
        await using var run = new HistoryRun(OpenAsync, Clock);
        await run.RunAsync(history);
    }

    private static Config Replayed(Config config)
    {
        if (Environment.GetEnvironmentVariable("MINATO_REPLAY")?.Trim('(', ')').Split(',') is not { } numbers)
            return config;
        var rnd = new Rnd(ulong.Parse(numbers[0]), ulong.Parse(numbers[1]));
        return config.WithReplay(new Replay(rnd, numbers.Length > 2 ? int.Parse(numbers[2]) : null));
    }
}
