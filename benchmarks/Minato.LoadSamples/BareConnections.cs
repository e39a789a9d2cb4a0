using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;

namespace Minato.LoadSamples;

/// <summary>
/// Connections of Kestrel's and nothing else: each line comes back, by the way of the pipe. <c>memory</c> is answered with the bytes that .NET's heap holds.
/// </summary>
internal sealed class BareConnections : ConnectionHandler
{
    internal static WebApplication Build(WebApplicationBuilder builder, int port)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port, listen => listen.UseConnectionHandler<BareConnections>()));
        return builder.Build();
    }

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var (input, output) = (connection.Transport.Input, connection.Transport.Output);
        while (true)
        {
            var result = await input.ReadAsync();
            var buffer = result.Buffer;
            while (TryReadLine(ref buffer, out var line))
                await output.WriteAsync(Encoding.ASCII.GetBytes((line == "memory" ? GC.GetTotalMemory(forceFullCollection: false).ToString(CultureInfo.InvariantCulture) : line) + "\r\n"));
            input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
                return;
        }
    }

    private static bool TryReadLine(ref ReadOnlySequence<byte> buffer, out string line)
    {
        line = "";
        if (buffer.PositionOf((byte)'\n') is not { } end)
            return false;
        line = Encoding.ASCII.GetString(buffer.Slice(0, end)).TrimEnd('\r');
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return true;
    }
}
