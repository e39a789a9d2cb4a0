using System.Globalization;
using Minato.Sidecar;

namespace Minato.PortBench;

/// <summary>A server is reloaded, or killed, again and again under clients that hammer, with a socket that is handed over and beside it with one that each start binds anew.</summary>
internal static class ReloadRun
{
    private const int ProgressEvery = 50;

    /// <summary>Between one end and the next: who is ended must be in the middle of its work.</summary>
    private const int LeastVisits = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly RestartPolicy s_untiring = new() { FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(5), Budget = int.MaxValue };

    private enum Promise
    {
        /// <summary>Beside the others, to show that they were attacked: somebody must be refused.</summary>
        None,

        /// <summary>Who was accepted by a program that was killed is the crash's own.</summary>
        NobodyRefused,

        NobodyFailed,
    }

    private sealed record Case(string Name, HandOff HandOff, bool KeepsAlive, bool IsCrash, Promise Promise);

    private static readonly Case[] s_cases =
    [
        new("reload, inherited socket, a connection for each visit", HandOff.Inherit, false, false, Promise.NobodyFailed),
        new("reload, inherited socket, connections kept alive", HandOff.Inherit, true, false, Promise.NobodyFailed),
        new("reload, bound anew, a connection for each visit", HandOff.Reserve, false, false, Promise.None),
        new("kill -9, inherited socket, a connection for each visit", HandOff.Inherit, false, true, Promise.NobodyRefused),
        new("kill -9, bound anew, a connection for each visit", HandOff.Reserve, false, true, Promise.None),
    ];

    internal static async Task<int> RunAsync(int times, int clients)
    {
        Console.WriteLine($"{times} times each, under {clients} clients");
        Console.WriteLine("| | answered | refused | reset | unanswered |");
        Console.WriteLine("|---|---|---|---|---|");
        var isHeld = true;
        foreach (var one in s_cases)
        {
            var v = await OneAsync(one, times, clients);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {one.Name} | {v.Answered} | {v.Refused} | {v.Reset} | {v.Unanswered} |"));
            if (v.NotTried > 0)
                Console.WriteLine($"{v.NotTried} visits could not be tried: this run proves nothing.");
            isHeld &= v is { NotTried: 0, Answered: > 0 } && one.Promise switch
            {
                Promise.NobodyFailed => v is { Refused: 0, Reset: 0, Unanswered: 0 },
                Promise.NobodyRefused => v.Refused == 0,
                _ => v.Refused > 0,
            };
        }
        Console.WriteLine(isHeld ? "With an inherited socket nobody was refused, and no reload cut anybody off." : "The claim is broken, or the bare way was not hurt.");
        return isHeld ? 0 : 1;
    }

    private static async Task<Visits> OneAsync(Case one, int times, int clients)
    {
        var (program, arguments) = Children.Command("drains");
        var options = new SidecarOptions { Program = program, Arguments = arguments, HandOff = one.HandOff, Ready = ReadyProbe.Line("^up$") };
        await using var supervisor = await SidecarSupervisor.StartAsync(options, s_untiring);
        using var hammer = new Hammer(supervisor.Current.Port, clients, one.KeepsAlive);
        for (var i = 1; i <= times; i++)
        {
            var before = hammer.Answered;
            await UntilAsync(() => hammer.Answered >= before + LeastVisits, supervisor);
            if (one.IsCrash)
                await CrashAsync(supervisor);
            else
                await supervisor.ReloadAsync();
            if (i % ProgressEvery == 0)
                Console.Error.WriteLine($"{one.Name}: {i} of {times}");
        }
        return await hammer.EndAsync();
    }

    private static async Task CrashAsync(SidecarSupervisor supervisor)
    {
        var victim = supervisor.Current;
        SeenProcess.Of(victim.ProcessId)?.Kill();
        await UntilAsync(() => supervisor.Current != victim, supervisor);
    }

    private static async Task UntilAsync(Func<bool> isSo, SidecarSupervisor supervisor)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!isSo())
        {
            if (patience.Elapsed > Patience || supervisor.Ended.IsCompleted)
                throw new InvalidOperationException("It serves no more.");
            await Task.Delay(1);
        }
    }
}
