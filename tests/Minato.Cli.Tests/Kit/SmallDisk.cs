using System.Diagnostics;

namespace Minato.Tests.Kit;

/// <summary>A tmpfs of a few megabytes, unmounted with its test.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _path;

    private SmallDisk(string path) => _path = path;

    public static SmallDisk Mount(string path, int megabytes)
    {
        Directory.CreateDirectory(path);
        Need.That(Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "minato-test", path), "a tmpfs cannot be mounted here (it takes root)");
        return new SmallDisk(path);
    }

    public void Dispose() => Run("umount", "-l", _path);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
