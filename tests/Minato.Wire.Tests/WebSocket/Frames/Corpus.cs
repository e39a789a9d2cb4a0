using System.Text.Json.Nodes;

namespace Minato.Wire.Tests.WebSocket.Frames;

/// <summary>tests/corpus/minato.v1.json, found from the folder of the built tests upwards.</summary>
internal static class Corpus
{
    private static readonly JsonObject Json = JsonNode.Parse(File.ReadAllText(Find()))!.AsObject();

    public static IEnumerable<(string Name, JsonNode Frame)> Client => Frames("client");

    public static IEnumerable<(string Name, JsonNode Frame)> Server => Frames("server");

    public static IEnumerable<(string Name, string Text, string Code)> Malformed =>
        Json["malformed"]!.AsArray().Select(m => ((string)m!["name"]!, (string)m["text"]!, (string)m["code"]!));

    private static IEnumerable<(string, JsonNode)> Frames(string side) => Json[side]!.AsObject().Select(f => (f.Key, f.Value!));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "tests", "corpus", "minato.v1.json") is var file && File.Exists(file))
                return file;
        throw new FileNotFoundException("tests/corpus/minato.v1.json is in no folder above the tests.");
    }
}
