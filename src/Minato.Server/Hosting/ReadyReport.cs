using System.Text.Json;
using System.Text.Json.Serialization;
using Minato.Server.Hosting;

namespace Minato.Server;

/// <summary>Where a server serves, as <c>--ready-json</c>, <c>--ready-file</c> and the data folder tell it.</summary>
/// <param name="Url">One that a browser on this machine can open.</param>
/// <param name="Address">The first address that it listens on.</param>
public sealed record ReadyReport(
    [property: JsonPropertyName("v")] int V,
    [property: JsonPropertyName("ready")] bool Ready,
    [property: JsonPropertyName("url")] string Url,
    [property: JsonPropertyName("address")] string Address,
    [property: JsonPropertyName("port")] int Port,
    [property: JsonPropertyName("pid")] int Pid)
{
    /// <summary>The launch token; only in the ready file, which only its owner can read.</summary>
    [JsonPropertyName("token")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Token { get; init; }

    /// <summary>The control socket; only in the data folder.</summary>
    [JsonPropertyName("control")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Control { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, ReadyJson.Default.ReadyReport);

    /// <exception cref="JsonException">It is not one.</exception>
    public static ReadyReport Parse(string json) => JsonSerializer.Deserialize(json, ReadyJson.Default.ReadyReport) ?? throw new JsonException("null");

    /// <summary>Writes it where a host waits for it: whole or not at all, and readable by its owner only.</summary>
    public void WriteTo(string file) => PrivateFile.Write(file, ToJson());
}

[JsonSerializable(typeof(ReadyReport))]
internal sealed partial class ReadyJson : JsonSerializerContext;
