using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Minato.Sidecar;

namespace Minato.PortBench;

/// <summary>What this program is when it starts itself: somebody who leases, somebody who does it the bare way, a thief, a host, a server.</summary>
internal static class Children
{
    internal static Process Start(params string[] arguments)
    {
        var (program, all) = Command(arguments);
        return Process.Start(new ProcessStartInfo(program, all) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    /// <summary>This program again, as one of those below.</summary>
    internal static (string Program, string[] Arguments) Command(params string[] arguments)
    {
        string[] self = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Children).Assembly.Location] : [];
        return (Environment.ProcessPath!, [.. self, "child", .. arguments]);
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
            case ["drains"]:
                return await DrainingServer.RunAsync();
            case ["leash", var how, var starts]:
                return await LeashRun.BeHostAsync(how == "with", int.Parse(starts, CultureInfo.InvariantCulture));
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

    /// <summary>A .NET child that says its port, and its secret to whoever comes.</summary>
    private static async Task<int> ServeAsync()
    {
        using var socket = Listen();
        Console.WriteLine($"serving on {((IPEndPoint)socket.LocalEndPoint!).Port}");
        var secret = Encoding.ASCII.GetBytes(Environment.GetEnvironmentVariable("SECRET")!);
        while (true)
        {
            using var client = await socket.AcceptAsync();
            await client.SendAsync(secret);
        }
    }

    /// <summary>On the socket that was handed over, or on PORT, or on a port of its own.</summary>
    internal static Socket Listen()
    {
        if (InheritedSockets.Take() is [var handed, ..])
            return handed;
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, int.Parse(Environment.GetEnvironmentVariable("PORT") ?? "0", CultureInfo.InvariantCulture)));
        socket.Listen();
        return socket;
    }
}
