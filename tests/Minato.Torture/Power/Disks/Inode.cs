using System.Globalization;
using System.Diagnostics;

namespace Minato.Torture.Power.Disks;

/// <summary>The number by which the record knows a file; .NET has no word for it.</summary>
internal static class Inode
{
    public static ulong Of(string path)
    {
        using var process = Process.Start(new ProcessStartInfo("stat", ["-c", "%i", path]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var number = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return ulong.Parse(number, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }
}
