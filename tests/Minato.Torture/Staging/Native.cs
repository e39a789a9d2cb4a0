using System.Runtime.InteropServices;

namespace Minato.Torture.Staging;

/// <summary>Calls of Linux that .NET has no words for.</summary>
internal static unsafe partial class Native
{
    public const int Kill = 9, Stop = 19, Continue = 18, Terminate = 15;

    /// <summary>linux/if_tun.h: <c>TUNSETIFF</c>, <c>IFF_TUN | IFF_NO_PI</c> (packets of IP, nothing before them).</summary>
    public const nuint SetInterface = 0x400454ca;
    public const short TunWithoutHeader = 0x0001 | 0x1000;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int IoControl(int fd, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int fd, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int fd, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "mknod", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeNode(string path, uint mode, ulong device);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Signal(int pid, int signal);
}
