using Microsoft.Win32.SafeHandles;

namespace Minato.Sidecar;

/// <summary>The pipes between us and a child: our ends, until <see cref="Take"/>, and the child's.</summary>
internal sealed class ChildPipes : IDisposable
{
    private readonly List<SafeFileHandle> _ofChild = [];

    /// <summary>Descriptors of 0, 1 and 2; −1 where the child keeps ours.</summary>
    internal int[] OfChild { get; } = [-1, -1, -1];

    /// <summary>Kept open as long as we live.</summary>
    internal SafePipeHandle? Input { get; private set; }

    internal SafePipeHandle? Output { get; private set; }

    internal SafePipeHandle? Errors { get; private set; }

    internal static ChildPipes Open(StandardStreams streams)
    {
        var pipes = new ChildPipes();
        if (streams == StandardStreams.Captured)
        {
            pipes.Input = pipes.Add(0, childReads: true);
            pipes.Errors = pipes.Add(2, childReads: false);
        }
        if (streams != StandardStreams.Shared)
            pipes.Output = pipes.Add(1, childReads: false);
        return pipes;
    }

    /// <summary>Our ends are the caller's from here on.</summary>
    internal ChildPipes Take()
    {
        var taken = new ChildPipes { Input = Input, Output = Output, Errors = Errors };
        (Input, Output, Errors) = (null, null, null);
        return taken;
    }

    public void Dispose()
    {
        _ofChild.ForEach(h => h.Dispose());
        Input?.Dispose();
        Output?.Dispose();
        Errors?.Dispose();
    }

    private SafePipeHandle Add(int target, bool childReads)
    {
        if (Libc.OpenPipe(out var read, out var write) != 0)
            throw new SidecarException(SidecarFailure.CannotExecute, "No descriptor is left to start a program with. Close some, or raise the limit (ulimit -n).");
        using var theirs = new SafeFileHandle(childReads ? read : write, ownsHandle: true);
        var copy = LinuxProcess.Copy(theirs)!;
        _ofChild.Add(copy);
        OfChild[target] = (int)copy.DangerousGetHandle();
        return new SafePipeHandle(childReads ? write : read, ownsHandle: true);
    }
}
