using System.Runtime.InteropServices;

namespace Minato.Sidecar.Tests;

/// <summary>What an ordinary user may do, also when the tests run as root.</summary>
internal static partial class Capabilities
{
    /// <summary>Runs on a thread of its own without any Linux capability: capset(2) is for the calling thread alone.</summary>
    public static T Without<T>(Func<T> action)
    {
        T result = default!;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                uint[] header = [0x20080522, 0]; // _LINUX_CAPABILITY_VERSION_3, this thread
                Assert.Equal(0, CapSet(header, new uint[6]));
                result = action();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result : throw new InvalidOperationException("See the inner exception.", failure);
    }

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static partial int CapSet(uint[] header, uint[] data);
}
