using Minato.Wire.Detection;

namespace Minato.Server.Listening;

/// <summary>What a trusted proxy says before it passes on a connection's own bytes. One that says nothing is served as itself.</summary>
internal static class ProxyPreamble
{
    /// <summary>Consumes the header, if there is one.</summary>
    /// <returns>Absent or complete: carry on. Incomplete: nothing came in time, or the server stops. Malformed: close.</returns>
    internal static async ValueTask<ProxyHeaderResult> ReadAsync(Arrival arrival, CancellationToken draining)
    {
        var input = arrival.Transport.Transport.Input;
        using var stopping = draining.UnsafeRegister(static i => ((System.IO.Pipelines.PipeReader)i!).CancelPendingRead(), input);
        while (true)
        {
            var read = await input.ReadAsync(arrival.Deadline);
            if (read.IsCanceled)
                return ProxyHeaderResult.Incomplete;
            var buffer = read.Buffer;
            var result = ProxyHeader.Read(ref buffer, out var source);
            var isOver = result != ProxyHeaderResult.Incomplete || read.IsCompleted;
            input.AdvanceTo(buffer.Start, isOver ? buffer.Start : buffer.End);
            if (source is not null)
                arrival.Become(source);
            if (isOver)
                return result == ProxyHeaderResult.Incomplete ? ProxyHeaderResult.Absent : result;
        }
    }
}
