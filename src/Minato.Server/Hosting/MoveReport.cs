using System.Text.Json.Serialization;

namespace Minato.Server;

/// <summary>What was moved: the same, by count and checksum, on both sides.</summary>
/// <param name="Data">The folder that it came from, in which uploaded files stay.</param>
/// <param name="Resumed">An earlier run had begun it.</param>
/// <param name="Replaced">Texts in which U+FFFD stands for what PostgreSQL does not hold.</param>
public sealed record MoveReport(
    [property: JsonPropertyName("data")] string Data, [property: JsonPropertyName("resumed")] bool Resumed,
    [property: JsonPropertyName("tables")] IReadOnlyList<MoveReportTable> Tables, [property: JsonPropertyName("replaced")] long Replaced);

/// <param name="Checksum">SHA-256 over its rows in the order of their key, in hexadecimal.</param>
public sealed record MoveReportTable(
    [property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("rows")] long Rows, [property: JsonPropertyName("checksum")] string Checksum);

/// <summary>As <c>--json</c> has it.</summary>
[JsonSerializable(typeof(MoveReport))]
public sealed partial class MoveJson : JsonSerializerContext;
