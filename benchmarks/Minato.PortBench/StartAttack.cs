using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Minato.Sidecar;
using SidecarProcess = Minato.Sidecar.Sidecar;

namespace Minato.PortBench;

/// <summary>Programs of three kinds are started by each hand-off, a thief beside them; each must be the one that answers.</summary>
internal static class StartAttack
{
    private const string Python = """
        import os, socket
        s = socket.socket(fileno=3) if 'LISTEN_FDS' in os.environ else socket.socket()
        if 'LISTEN_FDS' not in os.environ:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind(('127.0.0.1', int(os.environ.get('PORT', '0'))))
            s.listen()
        print('serving on', s.getsockname()[1], flush=True)
        while True:
            c, _ = s.accept()
            c.sendall(os.environ['SECRET'].encode())
            c.close()
        """;

    private const string Node = """
        const s = require('net').createServer(c => c.end(process.env.SECRET));
        s.on('listening', () => console.log('serving on', s.address().port));
        process.env.LISTEN_FDS ? s.listen({ fd: 3 }) : s.listen(Number(process.env.PORT || 0), '127.0.0.1');
        """;

    private sealed record Tally(int Right, int Wrong, int Failed)
    {
        public static Tally operator +(Tally one, Tally other) => new(one.Right + other.Right, one.Wrong + other.Wrong, one.Failed + other.Failed);
    }

    internal static async Task<int> RunAsync(int starts, int atOnce)
    {
        using var thief = new Thief();
        var sum = new Tally(0, 0, 0);
        Console.WriteLine("| | hand-off | starts | answered by the right one | by a wrong one | not started |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var (name, options) in Programs())
            foreach (var handOff in Enum.GetValues<HandOff>())
            {
                var tally = await ManyAsync(options with { HandOff = handOff, Ready = handOff == HandOff.Report ? ReadyProbe.Line(@"serving on (?<port>\d+)") : null }, starts, atOnce);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {handOff} | {starts} | {tally.Right} | {tally.Wrong} | {tally.Failed} |"));
                sum += tally;
            }
        return sum is { Wrong: 0, Failed: 0 } ? 0 : 1;
    }

    private static IEnumerable<(string, SidecarOptions)> Programs()
    {
        yield return ("Python", new SidecarOptions { Program = "python3", Arguments = ["-c", Python] });
        yield return ("Node", new SidecarOptions { Program = "node", Arguments = ["-e", Node] });
        var (program, arguments) = Children.Command("serve");
        yield return (".NET", new SidecarOptions { Program = program, Arguments = arguments });
    }

    private static async Task<Tally> ManyAsync(SidecarOptions options, int starts, int atOnce)
    {
        var sum = new Tally(0, 0, 0);
        var gate = new Lock();
        await Parallel.ForEachAsync(Enumerable.Range(0, starts), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, _) =>
        {
            var one = await OneAsync(options);
            lock (gate)
                sum += one;
        });
        return sum;
    }

    private static async Task<Tally> OneAsync(SidecarOptions options)
    {
        var secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        try
        {
            await using var sidecar = await SidecarProcess.StartAsync(options with { Environment = new Dictionary<string, string?> { ["SECRET"] = secret } });
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, sidecar.Port));
            var buffer = new byte[64];
            var said = Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer));
            return said == secret ? new Tally(1, 0, 0) : new Tally(0, 1, 0);
        }
        catch (Exception e) when (e is SidecarException or PortException or SocketException)
        {
            Console.Error.WriteLine(e.Message);
            return new Tally(0, 0, 1);
        }
    }
}
