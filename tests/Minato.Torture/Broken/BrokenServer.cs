using Minato.Server;
using Minato.Sidecar;

namespace Minato.Torture.Broken;

/// <summary>The server in a process of its own, with one thing broken on purpose. Its first line is the executable's.</summary>
internal static class BrokenServer
{
    /// <param name="args"><c>serve BREAKAGE ADDRESS FOLDER</c></param>
    public static async Task<int> RunAsync(string[] args)
    {
        var (breakage, folder) = (Breakage.Named(args[1]), args[3]);
        var database = Path.Combine(folder, "minato.db");
        breakage.Prepare(database);
        await using var server = new MinatoServer(new MinatoOptions
        {
            Address = ListenAddress.TryParse(args[2], out var address, out _) ? address : throw new ArgumentException(args[2], nameof(args)),
            Data = folder,
            Access = Access.Guests,
            RateLimits = false,
            Through = store => breakage.Bend(store, database),
        });
        await server.StartAsync();
        Console.WriteLine($"Listening on: {args[2]}");
        using var stop = new SemaphoreSlim(0);
        using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Release();
        });
        await Task.WhenAny(stop.WaitAsync(), server.Failed);
        return server.Failed.IsCompleted ? 5 : 0;
    }
}
