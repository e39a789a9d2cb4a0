using System.Text.Json.Nodes;

namespace Minato.Client.Tests.Behaviour;

/// <summary>What befalls certain frames on their way; tests/behaviour/README.md describes the fields.</summary>
internal sealed class FaultRule(JsonObject json)
{
    private readonly string _op = (string)json["op"]!;
    private readonly string? _type = (string?)json["type"];
    private int _skip = (int?)json["skip"] ?? 0;
    private int _times = (int?)json["times"] ?? 1;

    internal bool IsUp { get; } = (string)json["way"]! == "up";

    internal bool Drops { get; } = (bool?)json["drop"] ?? false;

    internal bool Doubles { get; } = (bool?)json["double"] ?? false;

    /// <summary>Bytes of the frame that still get through before the connection is cut; null: it is not.</summary>
    internal int? CutAfter { get; } = (int?)json["cut"];

    internal IEnumerable<JsonObject> Before =>
        Frames("before").Concat(Enumerable.Range(0, (int?)json["flood"] ?? 0).Select(_ => new JsonObject { ["op"] = "rooms", ["rid"] = "flood" }));

    internal IEnumerable<JsonObject> After => Frames("after");

    /// <summary>Whether it befalls this frame; counts.</summary>
    internal bool Takes(bool isUp, JsonObject frame)
    {
        if (isUp != IsUp || (string?)frame["op"] != _op || (_type is not null && (string?)frame["type"] != _type) || _times == 0)
            return false;
        if (_skip > 0)
        {
            _skip--;
            return false;
        }
        _times--;
        return true;
    }

    internal void Change(JsonObject frame)
    {
        foreach (var (name, value) in json["set"]?.AsObject() ?? [])
            frame[name] = value?.DeepClone();
        if ((bool?)json["forgetful"] ?? false)
            frame.Remove("resume");
        if ((long?)json["ahead"] is { } more && frame["resume"]?["rooms"] is JsonObject rooms)
            foreach (var (room, seq) in rooms.ToList())
                rooms[room] = (long)seq! + more;
    }

    private IEnumerable<JsonObject> Frames(string name) => json[name]?.AsArray().Select(f => f!.DeepClone().AsObject()) ?? [];
}
