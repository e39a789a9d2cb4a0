using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Minato.Load.Peers;

/// <summary>What it is measured on.</summary>
internal static class Machine
{
    /// <summary>Names of file systems that forget: nothing on them is durable.</summary>
    private static readonly string[] Forgetful = ["tmpfs", "ramfs"];

    internal static string Processor => File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1] ?? RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>The type of the file system that a folder is on: ext4, xfs…</summary>
    internal static string FileSystem(string folder) => Says("findmnt", "-n", "-o", "FSTYPE", "-T", folder);

    /// <exception cref="InvalidOperationException">An fsync means nothing there; the message is for the user.</exception>
    internal static void RequireDisk(string folder)
    {
        if (FileSystem(folder) is var name && Forgetful.Contains(name))
            throw new InvalidOperationException($"{folder} is on a {name}, where an fsync means nothing: name a folder on a disk with --dir.");
    }

    /// <summary>The first line of what a program says of itself.</summary>
    internal static string Says(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return said.Split('\n')[0];
    }
}
