using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Minato.Sidecar;

/// <summary>
/// What a process keeps when it becomes another program: a file that it holds locked (flock(2)), and sockets that listen. Neither is let go of in
/// between: nobody else gets the lock, and clients wait in the backlog. Linux only.
/// </summary>
/// <param name="Lock">Whoever disposes it lets go of the lock, where no copy is left.</param>
public sealed record HandedOver(SafeFileHandle Lock, IReadOnlyList<Socket> Sockets) : IDisposable
{
    internal const string Variable = "MINATO_HANDED_OVER";

    /// <summary>What this process was handed by the program that it was before; null: nothing, or somebody else was meant. A second call finds nothing.</summary>
    /// <exception cref="InvalidOperationException">What is named is not there, or is something else.</exception>
    public static HandedOver? Take()
    {
        var names = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        if (names is null || !OperatingSystem.IsLinux())
            return null;
        var numbers = names.Split(',').Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToList();
        if (numbers.Count < 2 || numbers[0] != Environment.ProcessId)
            return null;
        if (!Libc.SetCloseOnExec(numbers[1]))
            throw new InvalidOperationException($"{Variable} names descriptor {numbers[1]}, but it is not open.");
        var sockets = numbers[2..];
        sockets.ForEach(InheritedSockets.Check);
        return new HandedOver(new SafeFileHandle(numbers[1], ownsHandle: true), sockets.ConvertAll(s => new Socket(new SafeSocketHandle(s, ownsHandle: true))));
    }

    public void Dispose()
    {
        foreach (var socket in Sockets)
            socket.Dispose();
        Lock.Dispose();
    }

    /// <summary>Copies that stay open in the next program: the lock's first.</summary>
    internal List<int> Duplicate()
    {
        var copies = new List<int>();
        foreach (var handle in Sockets.Select(s => (SafeHandle)s.SafeHandle).Prepend(Lock))
        {
            var copy = Libc.DuplicateForNext((int)handle.DangerousGetHandle());
            if (copy < 0)
            {
                copies.ForEach(Libc.CloseDescriptor);
                throw new SidecarException(SidecarFailure.CannotExecute, "No descriptor is left to hand anything over. Close some, or raise the limit (ulimit -n).");
            }
            copies.Add(copy);
        }
        return copies;
    }
}
