using System.Runtime.InteropServices;

namespace Minato.Sidecar;

/// <summary>Standard input as a leash: a pipe or socket whose other end is in the hand of the program that started us.</summary>
internal static partial class StandardInput
{
    /// <summary>True for a pipe or a socket; false for a terminal, a file, /dev/null, or nothing at all.</summary>
    public static bool IsLeash()
    {
        if (OperatingSystem.IsLinux())
            return Libc.FileType(Descriptor) is Libc.FileTypeFifo or Libc.FileTypeSocket;
        if (OperatingSystem.IsWindows())
            return GetFileType(GetStdHandle(StdInputHandle)) == FileTypePipe; // untested
        return Console.IsInputRedirected && !IsSeekable(); // untested
    }

    /// <summary>Reads and discards until the other end is closed, however it was (end of file, reset).</summary>
    public static void ReadToEnd()
    {
        if (OperatingSystem.IsLinux())
            ReadToEndOfDescriptor();
        else
            ReadToEndOfStream();
    }

    private const int Descriptor = 0;

    // Not through a stream: the descriptor may be non-blocking (shared with a parent that made it so), for which a
    // stream's read fails; that must not look like a closed pipe.
    private static void ReadToEndOfDescriptor()
    {
        Span<byte> discarded = stackalloc byte[512];
        while (Libc.WaitReadable(Descriptor))
        {
            var read = Libc.Read(Descriptor, discarded);
            if (read == 0 || (read < 0 && Marshal.GetLastPInvokeError() is not (Libc.EAGAIN or Libc.EINTR)))
                return;
        }
    }

    private static void ReadToEndOfStream()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> discarded = stackalloc byte[512];
        try
        {
            while (input.Read(discarded) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset by the other end, which is gone as well.
        }
    }

    private static bool IsSeekable()
    {
        using var handle = new Microsoft.Win32.SafeHandles.SafeFileHandle(Descriptor, ownsHandle: false);
        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        return stream.CanSeek;
    }

    private const int StdInputHandle = -10;
    private const uint FileTypePipe = 3;

    [LibraryImport("kernel32")]
    private static partial nint GetStdHandle(int which);

    [LibraryImport("kernel32")]
    private static partial uint GetFileType(nint handle);
}
