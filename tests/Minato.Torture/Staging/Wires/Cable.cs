using System.Buffers;
using System.Diagnostics;

namespace Minato.Torture.Staging.Wires;

/// <summary>What joins two interfaces: it can be cut, lose packets and take its time. Real kernels' TCP is at both ends.</summary>
internal sealed class Cable
{
    private const int LargestPacket = 65536;

    /// <summary>Packets on their way in one direction; more are lost, as in any router.</summary>
    private const int MaxUnderWay = 4096;

    public Cable(TunDevice one, TunDevice other)
    {
        Lay(one, other);
        Lay(other, one);
    }

    public bool IsCut { get; set; }

    /// <summary>Of a thousand packets, in each direction.</summary>
    public int LostPerMille { get; set; }

    public TimeSpan Delay { get; set; }

    private void Lay(TunDevice from, TunDevice to)
    {
        var underWay = new Queue<(long Due, byte[] Packet, int Length)>();
        var changed = new SemaphoreSlim(0);
        Start($"{from.Name} in", () =>
        {
            var buffer = new byte[LargestPacket];
            while (true)
            {
                var length = from.Read(buffer);
                if (length <= 0)
                    return;
                if (IsCut || Random.Shared.Next(1000) < LostPerMille)
                    continue;
                lock (underWay)
                {
                    // Without delay and with nobody before it, it goes on at once.
                    if (Delay == TimeSpan.Zero && underWay.Count == 0)
                    {
                        to.Write(buffer.AsSpan(0, length));
                        continue;
                    }
                    if (underWay.Count == MaxUnderWay)
                        continue;
                    var packet = ArrayPool<byte>.Shared.Rent(length);
                    buffer.AsSpan(0, length).CopyTo(packet);
                    underWay.Enqueue((Stopwatch.GetTimestamp() + (long)(Delay.TotalSeconds * Stopwatch.Frequency), packet, length));
                }
                changed.Release();
            }
        });
        Start($"{from.Name} out", () =>
        {
            while (true)
            {
                changed.Wait();
                long due;
                lock (underWay)
                    due = underWay.Peek().Due;
                var rest = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                if (rest > TimeSpan.Zero)
                    Thread.Sleep(rest);
                lock (underWay)
                {
                    var (_, packet, length) = underWay.Dequeue();
                    if (!IsCut)
                        to.Write(packet.AsSpan(0, length));
                    ArrayPool<byte>.Shared.Return(packet);
                }
            }
        });
    }

    private static void Start(string name, Action loop) => new Thread(() => loop()) { IsBackground = true, Name = name }.Start();
}
