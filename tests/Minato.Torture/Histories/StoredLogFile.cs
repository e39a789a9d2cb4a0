using System.Text.Json;

namespace Minato.Torture.Histories;

/// <summary>What was stored, kept beside the histories when the database is gone.</summary>
internal static class StoredLogFile
{
    public static void Write(string file, StoredLog log)
    {
        using var stream = File.Create(file);
        JsonSerializer.Serialize(stream, log);
    }

    public static StoredLog Read(string file)
    {
        using var stream = File.OpenRead(file);
        return JsonSerializer.Deserialize<StoredLog>(stream)!;
    }
}
