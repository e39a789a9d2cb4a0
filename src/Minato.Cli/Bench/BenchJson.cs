using System.Text;
using System.Text.Json;

namespace Minato.Cli.Bench;

/// <summary>What was found, for a program.</summary>
internal static class BenchJson
{
    internal static string Of(BenchOptions options, BenchServer server, IReadOnlyList<BenchStep> steps)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteNumber("clients", options.Clients);
            json.WriteNumber("rooms", options.Rooms);
            json.WriteNumber("size", options.Size);
            if (server.IsOwn)
                json.WriteBoolean("durable", server.FileSystem is not (null or "tmpfs" or "ramfs"));
            json.WriteStartArray("steps");
            foreach (var step in steps)
                Write(json, step);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, BenchStep step)
    {
        json.WriteStartObject();
        json.WriteNumber("underWay", step.Window);
        json.WriteNumber("postsPerSecond", Math.Round(step.Posts, 1));
        json.WriteNumber("deliveriesPerSecond", Math.Round(step.Deliveries, 1));
        Write(json, "p50", step.Half);
        Write(json, "p99", step.Most);
        json.WriteNumber("refusedPerSecond", Math.Round(step.Refused, 1));
        if (step.Processors is { } processors)
            json.WriteNumber("processors", Math.Round(processors, 2));
        if (step.ResidentBytes is { } bytes)
            json.WriteNumber("residentBytes", bytes);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, TimeSpan? time)
    {
        if (time is { } known)
            json.WriteNumber(name, Math.Round(known.TotalMilliseconds, 3));
        else
            json.WriteNull(name);
    }
}
