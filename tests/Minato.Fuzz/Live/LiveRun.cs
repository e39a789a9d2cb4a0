using System.Diagnostics;
using Minato.Fuzz.Making;
using Minato.Fuzz.Running;
using Minato.Server;
using Minato.Sidecar;
using Minato.Tests.Kit;

namespace Minato.Fuzz.Live;

/// <summary>A real server on loopback: strangers send it anything, while two honest clients must go on exchanging messages without a miss.</summary>
internal static class LiveRun
{
    public const string Name = "live";

    /// <summary>Strangers at a time: more than cores, few enough for a laptop.</summary>
    private const int Strangers = 6;

    public static async Task<bool> RunAsync(int seed, TimeSpan time)
    {
        await using var server = new MinatoServer(new MinatoOptions { Address = AnyPort, Memory = true, RateLimits = false });
        await server.StartAsync();
        using var over = new CancellationTokenSource();
        var strangers = Enumerable.Range(0, Strangers).Select(i => new Stranger(server.Ready.Port, new Source(Seeds.Of(seed, $"stranger {i}")))).ToList();
        var hostile = strangers.Select(s => Task.Run(() => s.RunAsync(over.Token))).ToList();
        try
        {
            using var pair = await HonestPair.ConnectAsync(server.Ready.Url);
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < time)
                await pair.ExchangeAsync();
            Console.WriteLine($"{Name}: {strangers.Sum(s => s.Connections):N0} connections of strangers, {pair.Exchanged:N0} honest messages in order");
            return true;
        }
        catch (Exception e)
        {
            // Whatever disturbed the two is the finding.
            Console.WriteLine($"FOUND in {Name}, seed {seed} (as far as threads repeat themselves): {e.Message}");
            Console.WriteLine($"  last sent by strangers: {string.Join(" | ", strangers.Select(s => s.Last))}");
            return false;
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(hostile).Within("the strangers to end");
        }
    }

    private static ListenAddress AnyPort => ListenAddress.TryParse("127.0.0.1:0", out var address, out var error) ? address : throw new InvalidOperationException(error);
}
