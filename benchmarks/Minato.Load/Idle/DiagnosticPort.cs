using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Minato.Load.Idle;

/// <summary>The socket by which each .NET process on Linux and macOS lets itself be looked at. https://github.com/dotnet/diagnostics/blob/main/documentation/design-docs/ipc-protocol.md</summary>
internal static class DiagnosticPort
{
    private const int HeaderLength = 20;

    /// <summary>To begin to trace: session 2, command 2.</summary>
    private const ushort CollectTracing = 0x0202;

    /// <summary>Of the runtime's events; whoever asks for it has it collect everything first (GCHeapCollectKeyword).</summary>
    private const ulong HeapCollect = 0x800000;

    private const string Runtime = "Microsoft-Windows-DotNETRuntime";

    /// <summary>Has a process collect all that is garbage, and completes when it has.</summary>
    /// <exception cref="InvalidOperationException">It has no such socket, or would not.</exception>
    internal static async Task CollectAsync(int process)
    {
        // Those of processes that were killed lie there still, and one may have had the same number.
        var path = Directory.EnumerateFiles(Path.GetTempPath(), $"dotnet-diagnostic-{process}-*-socket").MaxBy(File.GetLastWriteTimeUtc)
            ?? throw new InvalidOperationException($"Process {process} has no diagnostic socket.");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        await socket.SendAsync(Request());
        var answer = new byte[HeaderLength];
        for (var filled = 0; filled < answer.Length;)
            filled += await socket.ReceiveAsync(answer.AsMemory(filled)) is > 0 and var count ? count : throw new InvalidOperationException("The diagnostic socket was closed.");
        // 0xFF00: yes. The collection was made before it was said; closing the socket ends the trace.
        if (BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(16)) != 0xFF00)
            throw new InvalidOperationException($"Process {process} would not collect.");
    }

    // magic "DOTNET_IPC_V1" NUL, size:16, command set:8, command:8, 0:16; buffer MB:32, format:32, count:32, { keywords:64, level:32, name, filter }
    private static byte[] Request()
    {
        using var request = new MemoryStream();
        using var writer = new BinaryWriter(request, Encoding.Unicode);
        writer.Write("DOTNET_IPC_V1\0"u8);
        writer.Write((ushort)0);
        writer.Write(CollectTracing);
        writer.Write((ushort)0);
        writer.Write(1);
        writer.Write(1); // nettrace
        writer.Write(1);
        writer.Write(HeapCollect);
        writer.Write(4); // informational
        writer.Write(Runtime.Length + 1);
        writer.Write(Encoding.Unicode.GetBytes(Runtime + '\0'));
        writer.Write(0);
        writer.Flush();
        var bytes = request.ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(14), (ushort)bytes.Length);
        return bytes;
    }
}
