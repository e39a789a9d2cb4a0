using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Minato.Torture.Staging.Wires;

/// <summary>A network interface whose packets this process carries: https://docs.kernel.org/networking/tuntap.html. It is gone with the process.</summary>
internal sealed unsafe class TunDevice
{
    private const int ReadWrite = 2, NameBytes = 16, RequestBytes = 40;
    private readonly int _fd;

    public TunDevice(string name)
    {
        _fd = Native.Open("/dev/net/tun", ReadWrite);
        if (_fd < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "/dev/net/tun cannot be opened (it takes root)");
        // struct ifreq: the name, then the flags.
        Span<byte> request = stackalloc byte[RequestBytes];
        request.Clear();
        Encoding.ASCII.GetBytes(name, request[..(NameBytes - 1)]);
        BitConverter.TryWriteBytes(request[NameBytes..], Native.TunWithoutHeader);
        fixed (byte* first = request)
            if (Native.IoControl(_fd, Native.SetInterface, first) < 0)
                throw new Win32Exception(Marshal.GetLastPInvokeError(), $"The interface {name} cannot be made");
        Name = name;
    }

    public string Name { get; }

    /// <summary>The next packet that leaves by this interface.</summary>
    public int Read(Span<byte> buffer)
    {
        fixed (byte* first = buffer)
            return (int)Native.Read(_fd, first, buffer.Length);
    }

    /// <summary>A packet comes in by this interface. What the kernel does not want is lost, as on a wire.</summary>
    public void Write(ReadOnlySpan<byte> packet)
    {
        fixed (byte* first = packet)
            _ = Native.Write(_fd, first, packet.Length);
    }
}
