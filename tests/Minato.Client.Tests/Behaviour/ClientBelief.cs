using System.Text.Json.Nodes;

namespace Minato.Client.Tests.Behaviour;

/// <summary>What a client says of itself; tests/behaviour/README.md describes the fields.</summary>
internal sealed record ClientBelief(string Status, long Last, bool Complete, int Pending, int Kept, string[] Failed, string[] Resets, (long Seq, string? Body)[] Messages)
{
    internal static ClientBelief Read(JsonObject json) => new(
        (string)json["status"]!, (long)json["last"]!, (bool)json["complete"]!, (int)json["pending"]!, (int)json["kept"]!, Texts(json["failed"]!), Texts(json["resets"]!),
        [.. json["messages"]!.AsArray().Select(m => ((long)m![0]!, (string?)m[1]))]);

    private static string[] Texts(JsonNode json) => [.. json.AsArray().Select(t => (string)t!)];
}
