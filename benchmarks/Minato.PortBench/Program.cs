using Minato.PortBench;

// What Minato.Sidecar promises, attacked, and what it costs, beside the bare way, in one run. Ends with 1 where a promise was broken, or where
// the attack did not hurt the bare way: then the run proves nothing.
switch (args)
{
    case ["child", .. var child]:
        return await Children.RunAsync(child);
    case ["leases", .. var rest] when Count.TryRead(rest, 50, 200, out var processes, out var each):
        return await LeaseAttack.RunAsync(processes, each);
    case ["starts", .. var rest] when Count.TryRead(rest, 500, 4, out var starts, out var atOnce):
        return await StartAttack.RunAsync(starts, atOnce);
    case ["spawns", .. var rest] when Count.TryRead(rest, 10_000, 1, out var spawns, out _):
        return await SpawnRun.RunAsync(spawns);
    case ["speed", .. var rest] when Count.TryRead(rest, 500, 1, out var rounds, out _):
        return await SpeedRun.RunAsync(rounds);
    case ["orphans", .. var rest] when Count.TryRead(rest, 200, 4, out var runs, out var hosts):
        return await OrphanRun.RunAsync(runs, hosts);
    case ["reloads", .. var rest] when Count.TryRead(rest, 200, 8, out var times, out var clients):
        return await ReloadRun.RunAsync(times, clients);
    case ["leash", .. var rest] when Count.TryRead(rest, 10, 200, out var hostsEach, out var startsEach):
        return await LeashRun.RunAsync(hostsEach, startsEach);
    default:
        Console.Error.WriteLine("""
            usage: Minato.PortBench leases [PROCESSES=50] [EACH=200]   leased ports beside bind-close-pass, with a thief at work
                   Minato.PortBench starts [COUNT=500] [AT ONCE=4]     Python, Node and .NET children by each hand-off, with a thief at work
                   Minato.PortBench spawns [COUNT=10000]               zombies, descriptors and memory of very many starts
                   Minato.PortBench speed [ROUNDS=500]                 leases, starts and probes beside the bare way
                   Minato.PortBench orphans [RUNS=200] [AT ONCE=4]     kill -9 of hosts, and of their leashes: who is alive a second later
                   Minato.PortBench reloads [TIMES=200] [CLIENTS=8]    reloads and kill -9 of a server under clients that hammer
                   Minato.PortBench leash [HOSTS=10] [STARTS=200]      what the leash costs: memory, descriptors, processor, time
            """);
        return 2;
}
