using System.Text.Json.Nodes;
using Minato.Tests.Kit;

namespace Minato.Client.Tests.Behaviour;

/// <summary>One file of tests/behaviour/scenarios: what happens, step by step.</summary>
internal sealed record Scenario(string Name, string[]? Server, IReadOnlyList<JsonObject> Steps)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests/behaviour/scenarios");

    internal bool LetsGuestsIn => Server?.Contains("token") is not true;

    internal static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order();

    internal static Scenario Read(string name)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.json")))!.AsObject();
        return new Scenario(
            name, json["server"] is { } server ? [.. server.AsArray().Select(a => (string)a!)] : null, [.. json["steps"]!.AsArray().Select(s => s!.AsObject())]);
    }
}
