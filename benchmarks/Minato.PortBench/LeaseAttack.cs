using System.Globalization;

namespace Minato.PortBench;

/// <summary>Many processes want many ports at once.</summary>
internal static class LeaseAttack
{
    /// <summary>Numbers that the bare way must give twice for the run to count, at the usual size.</summary>
    private const double LeastHarm = 100.0 / 10_000;

    internal static async Task<int> RunAsync(int processes, int each)
    {
        using var thief = new Thief();
        var bare = await TwiceAsync("bare", processes, each);
        var leased = await TwiceAsync("lease", processes, each);
        var all = processes * each;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{processes} processes × {each} ports, beside a thief: given twice by bind-close-pass {bare} of {all}, by leases {leased} of {all}"));
        if (bare < all * LeastHarm)
            Console.WriteLine("The bare way was not hurt: this run proves nothing.");
        return leased == 0 && bare >= all * LeastHarm ? 0 : 1;
    }

    private static async Task<int> TwiceAsync(string how, int processes, int each)
    {
        var children = Enumerable.Range(0, processes).Select(_ => Children.Start(how, each.ToString(CultureInfo.InvariantCulture))).ToList();
        try
        {
            var lines = await Task.WhenAll(children.Select(c => c.StandardOutput.ReadLineAsync()));
            var ports = lines.SelectMany(l => (l ?? throw new InvalidOperationException("A child ended without its ports.")).Split(' ')).ToList();
            return ports.Count - ports.Distinct().Count();
        }
        finally
        {
            foreach (var child in children)
            {
                child.StandardInput.Close();
                await child.WaitForExitAsync();
                child.Dispose();
            }
        }
    }
}
