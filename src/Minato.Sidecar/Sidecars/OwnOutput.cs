using System.Buffers;

namespace Minato.Sidecar;

/// <summary>This process's standard output, to which a program's is passed on: byte for byte, as long as somebody reads it.</summary>
internal sealed class OwnOutput(Stream stream, Func<bool> isBroken)
{
    private const int Descriptor = 1;

    // .NET writes to a pipe without a reader as if all were well, so the system is asked.
    internal static OwnOutput Open() => new(Console.OpenStandardOutput(), () => OperatingSystem.IsLinux() && Libc.HasNoReader(Descriptor));

    /// <summary>False when nobody reads any more.</summary>
    internal async ValueTask<bool> TryWriteAsync(ReadOnlySequence<byte> bytes)
    {
        try
        {
            foreach (var segment in bytes)
                await stream.WriteAsync(segment);
            await stream.FlushAsync();
            return !isBroken();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
