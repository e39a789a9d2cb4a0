using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Minato.Sidecar;

namespace Minato.PortBench;

/// <summary>What this program is when it starts itself: somebody who leases, somebody who does it the bare way, a thief, a server.</summary>
internal static class Children
{
    internal static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(Children).Assembly.Location);
        start.ArgumentList.Add("child");
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    internal static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["lease", var count]:
                var leases = Enumerable.Range(0, int.Parse(count, CultureInfo.InvariantCulture)).Select(_ => Port.Reserve()).ToList();
                Console.WriteLine(string.Join(' ', leases.Select(l => l.Port)));
                await Console.In.ReadToEndAsync();
                leases.ForEach(l => l.Dispose());
                return 0;
            case ["bare", var count]:
                Console.WriteLine(string.Join(' ', Enumerable.Range(0, int.Parse(count, CultureInfo.InvariantCulture)).Select(_ => BindCloseAndPass())));
                await Console.In.ReadToEndAsync();
                return 0;
            case ["thief"]:
                return await Thief.RunAsync();
            case ["orphans", var log]:
                return await KilledHost.BeHostAsync(log);
            case ["serve"]:
                return await ServeAsync();
            default:
                return 2;
        }
    }

    /// <summary>What a home-made port finder does.</summary>
    internal static int BindCloseAndPass()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>A .NET child: on the socket that it was handed, or on PORT, or on a port of its own that it says.</summary>
    private static async Task<int> ServeAsync()
    {
        var sockets = InheritedSockets.Take();
        using var socket = sockets.Count > 0 ? sockets[0] : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        if (sockets.Count == 0)
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, int.Parse(Environment.GetEnvironmentVariable("PORT") ?? "0", CultureInfo.InvariantCulture)));
            socket.Listen();
        }
        Console.WriteLine($"serving on {((IPEndPoint)socket.LocalEndPoint!).Port}");
        var secret = Encoding.ASCII.GetBytes(Environment.GetEnvironmentVariable("SECRET")!);
        while (true)
        {
            using var client = await socket.AcceptAsync();
            await client.SendAsync(secret);
        }
    }
}
