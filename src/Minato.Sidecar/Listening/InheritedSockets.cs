using System.Globalization;
using System.Net.Sockets;

namespace Minato.Sidecar;

/// <summary>
/// Sockets that whoever started us had bound before, by the LISTEN_FDS protocol
/// (https://www.freedesktop.org/software/systemd/man/latest/sd_listen_fds.html): descriptor 3 and following.
/// </summary>
public static class InheritedSockets
{
    /// <summary>
    /// The listening TCP sockets handed to this very process; empty when there are none, or when LISTEN_PID names another process.
    /// In any case LISTEN_PID, LISTEN_FDS and LISTEN_FDNAMES are gone from <see cref="Environment"/> afterwards, and the
    /// descriptors are closed in programs we start, so a second call is empty. Linux; elsewhere always empty.
    /// </summary>
    /// <returns>In the order of the descriptors. The caller disposes them.</returns>
    /// <exception cref="InvalidOperationException">
    /// LISTEN_FDS is not a number, or a descriptor is not a listening TCP socket; the message says which. Nothing was taken.
    /// </exception>
    public static IReadOnlyList<Socket> Take()
    {
        var (pid, count) = (TakeVariable("LISTEN_PID"), TakeVariable("LISTEN_FDS"));
        TakeVariable("LISTEN_FDNAMES");
        if (!OperatingSystem.IsLinux() || pid != Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            return [];

        var descriptors = Enumerable.Range(FirstDescriptor, ReadCount(count)).ToList();
        descriptors.ForEach(Check);
        return descriptors.ConvertAll(descriptor => new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)));
    }

    private const int FirstDescriptor = 3; // SD_LISTEN_FDS_START
    private const int MostDescriptors = 1024; // the usual limit of open files; more is a damaged variable

    // The copy inside the C library stays, but names our pid: nobody we start will take it for theirs.
    private static string? TakeVariable(string name)
    {
        var value = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, null);
        return value;
    }

    private static int ReadCount(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MostDescriptors
            ? count
            : throw new InvalidOperationException(
                $"LISTEN_FDS is \"{text}\": it must be the number of sockets handed over, at most {MostDescriptors}.");

    internal static void Check(int descriptor)
    {
        if (!Libc.SetCloseOnExec(descriptor))
            throw NotListening(descriptor, "it is not open");

        // Asked natively: a Socket object around a descriptor that turns out not to be ours might close or disconnect it.
        var domain = Libc.SocketOption(descriptor, Libc.SocketDomain);
        if (domain is null)
            throw NotListening(descriptor, "it is not a socket");
        if (domain is not (Libc.DomainIPv4 or Libc.DomainIPv6))
            throw NotListening(descriptor, "it is not an IPv4 or IPv6 socket");
        if (Libc.SocketOption(descriptor, Libc.SocketType) != Libc.StreamSocket)
            throw NotListening(descriptor, "it is not a TCP socket");
        if (Libc.SocketOption(descriptor, Libc.SocketListens) != 1)
            throw NotListening(descriptor, "it does not listen");
    }

    private static InvalidOperationException NotListening(int descriptor, string reason) =>
        new($"LISTEN_FDS hands over descriptor {descriptor}, but {reason}. Bind and listen on a TCP socket, and pass that.");
}
