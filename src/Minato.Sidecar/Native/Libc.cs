using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Minato.Sidecar;

/// <summary>
/// The few Linux calls that .NET does not offer. Every caller asks <see cref="OperatingSystem.IsLinux"/> first: numbers and
/// layouts are Linux's own, equal on all of its architectures. Results are the C library's; -1 leaves errno in
/// <see cref="Marshal.GetLastPInvokeError"/>.
/// </summary>
internal static partial class Libc
{
    public const int EINTR = 4;
    public const int EAGAIN = 11;
    public const int ESRCH = 3;

    /// <summary>Closes the descriptor in every program this process starts.</summary>
    public static bool SetCloseOnExec(int descriptor) => Fcntl(descriptor, SetDescriptorFlags, CloseOnExec) == 0;

    /// <summary>Waits without limit until the descriptor can be read or its other end is gone; retries when interrupted.</summary>
    public static bool WaitReadable(int descriptor)
    {
        var poll = new PollDescriptor { Descriptor = descriptor, Events = PollIn };
        int ready;
        do
            ready = Poll(ref poll, 1, -1);
        while (ready < 0 && Marshal.GetLastPInvokeError() == EINTR);
        return ready > 0;
    }

    /// <summary>Whether what is written to the descriptor reaches nobody: the pipe's reading end is closed.</summary>
    public static bool HasNoReader(int descriptor)
    {
        var poll = new PollDescriptor { Descriptor = descriptor };
        return Poll(ref poll, 1, 0) > 0 && (poll.Returned & PollError) != 0;
    }

    /// <summary>Bytes read, 0 at the end of file, -1 on error.</summary>
    public static int Read(int descriptor, Span<byte> buffer) => (int)Read(descriptor, buffer, (nuint)buffer.Length);

    /// <summary>False where the pipe is full or has no reader; then nothing was written.</summary>
    public static bool TryWrite(SafeFileHandle pipe, ReadOnlySpan<byte> bytes)
    {
        // Up to PIPE_BUF (4096) bytes go whole or not at all.
        _ = Fcntl((int)pipe.DangerousGetHandle(), SetStatusFlags, NonBlocking);
        return Write(pipe, bytes, (nuint)bytes.Length) == bytes.Length;
    }

    /// <summary>A descriptor that becomes readable when the process ends (Linux 5.3, pidfd_open(2)), or -1.</summary>
    public static int PidfdOpen(int pid) => (int)Syscall(PidfdOpenNumber, pid, 0);

    /// <summary>Sends a signal to the very process of this handle, whatever its pid is by now; 0 or -1.</summary>
    public static int SignalByHandle(int pidfd, int signal) => (int)Syscall(PidfdSendSignalNumber, pidfd, signal, 0, 0);

    /// <summary>Sends a signal to every process of a group; 0 or -1.</summary>
    public static int SignalGroup(int group, int signal) => Kill(-group, signal);

    /// <summary>Whether this process may execute the file.</summary>
    public static bool MayExecute(string path) => Access(path, ExecuteOk) == 0;

    /// <summary>A copy of the descriptor that is at least this high and closes in every program we start; -1 on error.</summary>
    public static int DuplicateAbove(int descriptor, int least) => Fcntl(descriptor, DuplicateCloseOnExec, least);

    /// <summary>A copy of the descriptor that stays open in the program which this process becomes; -1 on error.</summary>
    public static int DuplicateForNext(int descriptor) => Fcntl(descriptor, DuplicateOpen, AboveStandard);

    public static void CloseDescriptor(int descriptor) => _ = Close(descriptor);

    /// <summary>A pipe whose ends close in every program we start; 0 or -1.</summary>
    public static int OpenPipe(out int read, out int write)
    {
        Span<int> ends = stackalloc int[2];
        var result = Pipe2(ends, OpenCloseOnExec);
        (read, write) = (ends[0], ends[1]);
        return result;
    }

    /// <summary>Waits for a child to end and says how, and leaves it a zombie, so that its pid stays its own; false when it is no child of ours any more.</summary>
    public static bool WaitForEnd(int pid, out ProcessEnd end)
    {
        // siginfo_t: si_code at 8, si_status behind pid and user.
        Span<byte> info = stackalloc byte[128];
        int result;
        do
            result = WaitId(IdIsPid, pid, info, WaitExited | WaitLeave);
        while (result < 0 && Marshal.GetLastPInvokeError() == EINTR);
        var status = BitConverter.ToInt32(info[(IntPtr.Size == 8 ? 24 : 20)..]);
        end = BitConverter.ToInt32(info[8..]) == CodeExited ? new ProcessEnd(status, null) : new ProcessEnd(null, status);
        return result == 0;
    }

    /// <summary>Lets the system forget a child that has ended.</summary>
    public static void Reap(int pid) => WaitId(IdIsPid, pid, stackalloc byte[128], WaitExited | WaitNoHang);

    /// <summary>A whole-number option of level SOL_SOCKET, or null when the descriptor is not a socket.</summary>
    public static int? SocketOption(int descriptor, int option)
    {
        uint length = sizeof(int);
        return GetSockOpt(descriptor, SolSocket, option, out var value, ref length) == 0 ? value : null;
    }

    public const int SocketType = 3; // SO_TYPE
    public const int SocketListens = 30; // SO_ACCEPTCONN
    public const int SocketDomain = 39; // SO_DOMAIN
    public const int StreamSocket = 1;
    public const int DomainIPv4 = 2;
    public const int DomainIPv6 = 10;

    /// <summary>Locks one byte of a file for its open file description; false when another description has it.</summary>
    public static bool TryLockByte(SafeFileHandle file, long offset) => Fcntl(file, OfdSetLock, new FileLock(WriteLock, offset)) == 0;

    public static void UnlockByte(SafeFileHandle file, long offset) => Fcntl(file, OfdSetLock, new FileLock(NoLock, offset));

    /// <summary>The file type bits (S_IFMT) of an open descriptor, or null.</summary>
    public static int? FileType(int descriptor)
    {
        // struct statx has one layout everywhere, unlike struct stat: 256 bytes, stx_mode a 16-bit number at 28.
        Span<byte> status = stackalloc byte[256];
        return Statx(descriptor, "", AtEmptyPath, StatxType, status) == 0 ? BitConverter.ToUInt16(status[28..]) & 0xF000 : null;
    }

    public const int FileTypeFifo = 0x1000;
    public const int FileTypeSocket = 0xC000;

    /// <summary>The unit of the start time in /proc/PID/stat: clock ticks in a second, 100 almost everywhere.</summary>
    public static long ClockTicksPerSecond { get; } = OperatingSystem.IsLinux() ? SysConf(ClockTicks) : 100;

    /// <summary>The user whose rights this process has.</summary>
    public static uint EffectiveUser() => GetEuid();

    private const int SetDescriptorFlags = 2; // F_SETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC
    private const int SetStatusFlags = 4; // F_SETFL
    private const int NonBlocking = 0x800; // O_NONBLOCK
    private const nint PidfdSendSignalNumber = 424;
    private const int DuplicateOpen = 0; // F_DUPFD
    private const int AboveStandard = 3;
    private const int DuplicateCloseOnExec = 1030; // F_DUPFD_CLOEXEC
    private const int OpenCloseOnExec = 0x80000; // O_CLOEXEC
    private const int ExecuteOk = 1; // X_OK
    private const int IdIsPid = 1; // P_PID
    private const int WaitNoHang = 1; // WNOHANG
    private const int WaitExited = 4; // WEXITED
    private const int WaitLeave = 0x01000000; // WNOWAIT
    private const int CodeExited = 1; // CLD_EXITED
    private const int OfdSetLock = 37; // F_OFD_SETLK
    private const short WriteLock = 1; // F_WRLCK
    private const short NoLock = 2; // F_UNLCK
    private const int SolSocket = 1;
    private const short PollIn = 1;
    private const short PollError = 8;
    private const nint PidfdOpenNumber = 434; // the same on every architecture since 5.1 unified new numbers
    private const int AtEmptyPath = 0x1000;
    private const uint StatxType = 1;
    private const int ClockTicks = 2; // _SC_CLK_TCK

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    // struct flock with 64-bit offsets, which open file description locks always take.
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct FileLock(short type, long start)
    {
        public readonly short Type = type;
        public readonly short Whence = 0; // SEEK_SET
        public readonly long Start = start;
        public readonly long Length = 1;
        public readonly int Pid = 0; // must be 0
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(SafeFileHandle file, int command, in FileLock argument);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, Span<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle descriptor, ReadOnlySpan<byte> buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Syscall(nint number, nint first, nint second);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetSockOpt(int descriptor, int level, int option, out int value, ref uint length);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Syscall(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Pipe2(Span<int> ends, int flags);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitId(int kind, int id, Span<byte> info, int options);

    [LibraryImport("libc", EntryPoint = "sysconf")]
    private static partial long SysConf(int name);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEuid();
}
