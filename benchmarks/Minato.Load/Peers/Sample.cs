using System.Text.Json;
using System.Text.Json.Serialization;

namespace Minato.Load.Peers;

/// <summary>One measurement, as the generator tells it. Rates are of a second, times microseconds.</summary>
/// <param name="CpuPerMillion">Seconds of the server's processor time for a million deliveries; microseconds for one.</param>
/// <param name="P50">From a post to each of its receivers; <paramref name="Last50"/> to the last of them.</param>
/// <param name="PerReceive">Messages that came with one receive: what the server lays together.</param>
/// <param name="Bytes">Of one delivery, frames and all.</param>
internal sealed record Sample(
    string Label, int Rooms, int Window, double Posts, double Fsyncs, double Deliveries, double CpuPerMillion, double ServerBusy, double GeneratorBusy,
    double P50, double P99, double Last50, double Last99, double PerReceive, double Bytes, long OutOfOrder)
{
    /// <summary>The part of its time past which the generator, and not the server, says how fast it goes.</summary>
    private const double TooBusy = 0.9;

    /// <summary>From 1; not the generator's.</summary>
    public int Round { get; init; }

    [JsonIgnore]
    internal bool IsKept => GeneratorBusy <= TooBusy;

    /// <exception cref="InvalidDataException">Messages came out of their order, or none came.</exception>
    internal static Sample Parse(string line)
    {
        var sample = JsonSerializer.Deserialize<Sample>(line, JsonSerializerOptions.Web)!;
        return sample switch
        {
            { OutOfOrder: > 0 } => throw new InvalidDataException($"{sample.Label}: {sample.OutOfOrder} messages out of their order"),
            { Deliveries: 0 } => throw new InvalidDataException($"{sample.Label}: nothing was delivered while it was measured"),
            _ => sample,
        };
    }

    internal string Json() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
