using System.Text.Json.Nodes;

namespace Minato.Wire.Tests.WebSocket.Frames;

/// <summary>tests/corpus/minato.v1.json.</summary>
internal static class Corpus
{
    private static readonly JsonObject Json = JsonNode.Parse(File.ReadAllText(Find("tests", "corpus", "minato.v1.json")))!.AsObject();

    public static IEnumerable<(string Name, JsonNode Frame)> Client => Frames("client");

    public static IEnumerable<(string Name, JsonNode Frame)> Server => Frames("server");

    public static IEnumerable<(string Name, string Text, string Code)> Malformed =>
        Json["malformed"]!.AsArray().Select(m => ((string)m!["name"]!, (string)m["text"]!, (string)m["code"]!));

    /// <summary>Codes of errors, codes of closes, reasons of resets.</summary>
    public static IEnumerable<string> Codes(string list) => Json[list]!.AsArray().Select(code => code!.ToString());

    /// <summary>A file of the repository, found from the folder of the built tests upwards.</summary>
    public static string Find(params string[] path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine([folder.FullName, .. path]) is var file && File.Exists(file))
                return file;
        throw new FileNotFoundException($"{string.Join('/', path)} is in no folder above the tests.");
    }

    private static IEnumerable<(string, JsonNode)> Frames(string side) => Json[side]!.AsObject().Select(f => (f.Key, f.Value!));
}
