using System.Text.Json;

namespace Minato.Server;

/// <summary>Another server has the data folder. The message says where it serves.</summary>
public sealed class DataInUseException(string message, string? url, int? pid) : Exception(message)
{
    /// <summary>Null while the other one is still starting.</summary>
    public string? Url { get; } = url;

    public int? Pid { get; } = pid;

    internal static DataInUseException From(string path)
    {
        try
        {
            var ready = ReadyReport.Parse(File.ReadAllText(Path.Combine(path, "server.json")));
            return new DataInUseException($"Minato already serves this data at {ready.Url} (pid {ready.Pid}).", ready.Url, ready.Pid);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return new DataInUseException($"Another Minato is using {path} and has not said yet where it serves.", null, null);
        }
    }
}
