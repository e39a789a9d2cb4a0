using System.Diagnostics;
using System.Globalization;
using Minato.Sidecar;

namespace Minato.Cli.Ports;

/// <summary>
/// A lease that outlives the command that asked for it, for a while: another process of this program takes it, says the number, and keeps it.
/// </summary>
internal static class Holding
{
    /// <summary>How the second process is told what it is.</summary>
    internal const string Option = "--hold-here";

    /// <exception cref="PortException">The port cannot be had; the message is the other process's.</exception>
    internal static async Task<int> StartAsync(PortLeaseOptions wanted, TimeSpan time)
    {
        var holder = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(holder.FileName) == "dotnet")
            holder.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "minato.dll"));
        foreach (var argument in Arguments(wanted, time))
            holder.ArgumentList.Add(argument);
        using var process = Process.Start(holder)!;
        if (int.TryParse(await process.StandardOutput.ReadLineAsync(), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return port;
        // It said why, and the same question has the same answer here.
        await process.WaitForExitAsync();
        using var lease = Port.Reserve(wanted);
        throw new IOException("The process that was to hold the port did not. Try again.");
    }

    internal static async Task<int> HoldAsync(PortLeaseOptions wanted, TimeSpan time, CancellationToken cancel)
    {
        try
        {
            using var lease = Port.Reserve(wanted);
            Console.Out.WriteLine(lease.Port.ToString(CultureInfo.InvariantCulture));
            await Task.Delay(time, cancel);
            return ExitCode.Done;
        }
        catch (Exception e) when (PortFailureText.From(e) is { } failure)
        {
            return failure.Code;
        }
    }

    private static IEnumerable<string> Arguments(PortLeaseOptions wanted, TimeSpan time)
    {
        yield return "port";
        yield return Option;
        yield return string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms");
        if (wanted.StickyKey is { } key)
        {
            yield return "--sticky";
            yield return key;
        }
        if (wanted.Preferred is { } port)
        {
            yield return "--prefer";
            yield return port.ToString(CultureInfo.InvariantCulture);
        }
        if (wanted.Strict)
            yield return "--strict";
    }
}
