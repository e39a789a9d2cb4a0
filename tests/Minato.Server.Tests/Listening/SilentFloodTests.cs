using System.Net;
using Minato.Server.Listening;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Listening;

public sealed class SilentFloodTests
{
    private static readonly IPEndPoint Own = new(IPAddress.Loopback, 1);

    [Fact]
    public async Task So_many_at_once_are_no_persons_and_those_who_wait_share_a_look()
    {
        var clock = new ManualTime();
        await using var peers = new SilentPeers(clock);
        var answers = Enumerable.Range(1, 1_000).Select(port => peers.LookAsync(new IPEndPoint(IPAddress.Loopback, port), Own)).ToList();
        // One look took what waited; the next one waits for its time, which stands still.
        await Patience.Until(() => answers.Count(a => a.IsCompleted) > 1_000 - (2 * SilentPeers.MaxWaiting), "all but those of two looks are answered at once");
        await Patience.Until(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(10));
                return answers.TrueForAll(a => a.IsCompleted);
            },
            "those who waited are answered, too");
        var looks = answers.Count(a => a.Result != SilentPeer.NotPerson);
        Assert.InRange(looks, 1, 4 * SilentPeers.MaxWaiting);
    }
}
