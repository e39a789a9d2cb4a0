using System.Text.Json;

namespace Minato.Torture.Histories;

/// <summary>An <c>ev</c> frame (docs/protocols/websocket.md) as what somebody saw.</summary>
internal static class SeenEvent
{
    public static Saw Of(JsonElement ev, string actor, string room)
    {
        long Number(string name) => ev.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
        var type = ev.GetProperty("type").GetString()!;
        var text = ev.TryGetProperty("erased", out _) ? "!" : ev.TryGetProperty("body", out var body) ? BodyText.IdOf(body.GetString()!) : "-";
        var subject = ev.TryGetProperty("subject", out var s) ? s.GetProperty("id").GetString()! : "-";
        return new Saw(Recorder.Now, actor, room, Number("seq"), type, Number("post"), Number("ts"), ev.GetProperty("from").GetProperty("id").GetString()!, text, type == "erase" ? Number("upTo") : Number("target"), subject);
    }
}
