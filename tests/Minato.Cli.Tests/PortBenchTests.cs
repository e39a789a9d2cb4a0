using System.Diagnostics;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>The attacks of the ports' benchmark, in their short form: it ends with 0 only where every promise held, and where the bare way was hurt.</summary>
public sealed class PortBenchTests
{
    [Theory]
    [InlineData("by leases 0 of 800", "leases", "8", "100")]
    [InlineData("| .NET | Reserve | 1 | 1 | 0 | 0 |", "starts", "1", "1")]
    [InlineData("30 starts and ends: 0 zombies", "spawns", "30")]
    [InlineData("Nobody outlived a host where that is claimed.", "orphans", "1", "1")]
    [InlineData("With an inherited socket nobody was refused, and no reload cut anybody off.", "reloads", "1", "4")]
    [InlineData("It is as cheap as it is said to be.", "leash", "1", "5")]
    public async Task What_is_promised_of_ports_and_programs_holds_under_attack(string row, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Repository.Root, "benchmarks/Minato.PortBench/bin/Release/net10.0/Minato.PortBench.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var bench = Process.Start(start)!;
        var (said, troubles) = (bench.StandardOutput.ReadToEndAsync(), bench.StandardError.ReadToEndAsync());
        await bench.WaitForExitAsync();
        Assert.True(bench.ExitCode == 0, $"{await said}\n{await troubles}");
        Assert.Contains(row, await said, StringComparison.Ordinal);
    }
}
